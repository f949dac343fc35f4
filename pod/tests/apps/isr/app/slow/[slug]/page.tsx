import { contentOf, waitForTest } from '../../published';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

/** Reads its content at the start of its render, which then takes as long as a test wants. */
export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const content = contentOf(slug);
  await waitForTest(slug);
  return <output>{`rendered:${content}`}</output>;
}
