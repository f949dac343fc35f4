import { Cached } from '../../cached';

export const generateStaticParams = () => [{ slug: 'b' }];

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <Cached tag={`item:${slug}`} />;
}
