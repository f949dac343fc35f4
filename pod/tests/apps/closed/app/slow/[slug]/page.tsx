import { contentOf, waitForTest } from '../../published';

export const revalidate = 86_400;
export const dynamicParams = false;
export const generateStaticParams = () => [{ slug: 'post' }];

/** Reads its content at the start of its render, which then takes as long as a test wants, or fails. */
export default async function Page() {
  const content = contentOf('post');
  if (content === 'broken') throw new Error('The content API answered 500.');
  if (content !== '0') await waitForTest('post');
  return <output>{`rendered:${content}`}</output>;
}
