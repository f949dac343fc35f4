import { shown, urlOf } from '../../origin';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

/** Made from WordPress's answer and from that of another API, which knows nothing of WordPress. */
export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const content = await fetch(urlOf(slug), { cache: 'force-cache' });
  const rates = await fetch(`${process.env.TEST_SECOND}/rates`, { next: { revalidate: 86_400 } });
  return <output>{`${shown(await content.text())} at ${await rates.text()}`}</output>;
}
