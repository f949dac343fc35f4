import { contentNow } from '../../../../content';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

/** What is shown of a photo over the gallery, to who comes from there by a link. */
export default async function Photo({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <p>{`rendered:${await contentNow(slug)}`}</p>;
}
