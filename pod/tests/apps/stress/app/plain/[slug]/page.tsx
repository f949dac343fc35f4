import { Freshness } from 'everypod/freshness';
import { contentOf, postIn, shown, work } from '../../origin';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const content = await contentOf(slug);
  await work();
  return (
    <>
      <Freshness post={postIn(content)} />
      <output>{shown(content)}</output>
    </>
  );
}
