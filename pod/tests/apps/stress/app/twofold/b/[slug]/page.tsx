import { shown, urlOf, work } from '../../../origin';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const content = await (await fetch(urlOf(slug), { cache: 'force-cache' })).text();
  await work();
  return <output>{shown(content)}</output>;
}
