import { Content } from '../../content';

export const revalidate = 86_400;
export const dynamicParams = false;
export const generateStaticParams = () => [{ slug: 'built' }];

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return process.env.NEXT_PHASE === 'phase-production-build' ? (
    <output>rendered:0</output>
  ) : (
    <Content slug={slug} />
  );
}
