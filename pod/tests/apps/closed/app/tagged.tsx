import { unstable_cache } from 'next/cache';
import { Stamp } from './stamp';

/** A page made from content that has a tag. */
export async function Tagged({ tag }: { tag: string }) {
  await unstable_cache(async () => tag, [tag], { tags: [tag] })();
  return <Stamp />;
}
