import { notFound, redirect } from 'next/navigation';
import { contentOf, shown } from './origin';

/** What the origin has now; a build has none to ask. */
export async function contentNow(name: string): Promise<string> {
  return process.env.TEST_ORIGIN ? contentOf(name) : '0';
}

/** A post of the origin: its content, nothing where it has none, or wherever else it has gone. */
export async function Content({ slug }: { slug: string }) {
  const content = await contentOf(slug);
  if (content === '0') notFound();
  if (content.startsWith('/')) redirect(content);
  return <output>{shown(content)}</output>;
}
