import { contentOf, shown, versionIn, work } from '../../origin';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const content = await contentOf(slug);
  const version = versionIn(content);
  await work();
  return (
    <>
      {version && <meta name="everypod:version" content={version} />}
      <output>{shown(content)}</output>
    </>
  );
}
