import { shown, urlOf, work } from '../../origin';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const next = { tags: [`item:${slug}`], revalidate: 86_400 };
  const content = await (await fetch(urlOf(slug), { next })).text();
  await work();
  return <output>{shown(content)}</output>;
}
