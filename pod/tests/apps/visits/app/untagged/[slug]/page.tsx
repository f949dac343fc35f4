import { shown, urlOf, work } from '../../origin';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

/** Its content lies in the fetch cache without any tag, beside that of another API that knows nothing of WordPress. */
export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const content = await fetch(urlOf(slug), { cache: 'force-cache' });
  const rates = await fetch(`${process.env.TEST_SECOND}/rates`, { next: { revalidate: 86_400 } });
  await work();
  return <output>{`${shown(await content.text())} at ${await rates.text()}`}</output>;
}
