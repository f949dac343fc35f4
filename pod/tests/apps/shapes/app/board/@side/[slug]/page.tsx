import { contentNow } from '../../../content';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

/** A slot beside the page, with content of its own. */
export default async function Side({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <p>{`side:${await contentNow(`side.${slug}`)}`}</p>;
}
