import { Cached } from '../../../cached';

export const generateStaticParams = () => [{ id: 'b' }];

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <Cached tag={`product:${id}`} />;
}
