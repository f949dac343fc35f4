import { contentOf, shown, work } from './origin';

/** What the origin has at the moment of the render, and then as long a render as there may be. */
export async function Content({ slug }: { slug: string }) {
  const content = await contentOf(slug);
  await work();
  return <output>{shown(content)}</output>;
}
