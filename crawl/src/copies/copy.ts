import { limits } from '../limits.ts';
import { call } from '../outbound.ts';

/**
 * What a visitor is given: its status, the text of what is around each page and of the page, and a name for the making that
 * it comes from.
 */
export type Copy = { status: number; frame: string; text: string; made: string };

export async function readCopy(pod: { url: string }, path: string): Promise<Copy> {
  const { status, text } = await call(`${pod.url}${path}`, { timeoutMs: limits.pageMs });
  const html = text.replace(/<script\b[\s\S]*?<\/script>/g, '');
  // A page that was not found has it in its script alone.
  const made = /data-made[\\"=:]+([\w-]+)/.exec(text)?.[1] ?? '';
  return { status, frame: inner(html, 'header'), text: inner(html, 'main'), made };
}

/** The page at this path as it would be if it were made now; what it is made of is read once in each round. */
export const readTruth = (pod: { url: string }, round: string, path: string): Promise<Copy> =>
  readCopy(pod, `/truth/${round}${path === '/' ? '/home' : path}`);

/** The text of one part; a page that was not found has none of its own, only scripts that put it there. */
function inner(html: string, part: string): string {
  const found = new RegExp(`<${part}>([\\s\\S]*?)</${part}>`).exec(html)?.[1] ?? '';
  return found
    .replace(/<i data-made="[^"]*"><\/i>/g, '')
    .replace(/<!--.*?-->/g, '')
    .trim();
}

/** Calls for each, so many at once. */
export async function each<Item, Found>(
  items: readonly Item[],
  atOnce: number,
  call: (item: Item) => Promise<Found>,
): Promise<Found[]> {
  const found: Found[] = [];
  const waiting = items.entries();
  const work = async () => {
    for (const [at, item] of waiting) found[at] = await call(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found;
}
