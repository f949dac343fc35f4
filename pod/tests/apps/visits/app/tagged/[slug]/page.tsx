import { shown, urlOf } from '../../origin';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const content = await fetch(urlOf(slug), { cache: 'force-cache', next: { tags: [`post:${slug}`] } });
  return <output>{shown(await content.text())}</output>;
}
