import { Kept } from '../../kept';

// One must be named, and nobody asks for it.
export const generateStaticParams = () => [{ slug: 'built' }];

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return slug === 'built' ? null : <Kept slug={slug} tags={[`item:${slug}`]} />;
}
