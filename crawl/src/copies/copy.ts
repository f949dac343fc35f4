import { limits } from '../limits.ts';
import { call } from '../outbound.ts';

/** What a visitor is given: its status and its text, and a name for the making that it comes from. */
export type Copy = { status: number; text: string; made: string };

export async function readCopy(pod: { url: string }, path: string): Promise<Copy> {
  const { status, text } = await call(`${pod.url}${path}`, { timeoutMs: limits.pageMs });
  const html = text.replace(/<script\b[\s\S]*?<\/script>/g, '');
  const shown = ['header', 'main'].map((part) => inner(html, part));
  // A page that was not found has it in its script alone.
  const made = /data-made[\\"=:]+([\w-]+)/.exec(text)?.[1] ?? '';
  return { status, text: textOf(shown.join('\n')), made };
}

/** The page at this path as it would be if it were made now; what it is made of is read once in each round. */
export const readTruth = (pod: { url: string }, round: string, path: string): Promise<Copy> =>
  readCopy(pod, `/truth/${round}${path === '/' ? '/home' : path}`);

function inner(html: string, part: string): string {
  return new RegExp(`<${part}>([\\s\\S]*?)</${part}>`).exec(html)?.[1] ?? `(no ${part})`;
}

const textOf = (html: string) =>
  html
    .replace(/<i data-made="[^"]*"><\/i>/g, '')
    .replace(/<!--.*?-->/g, '')
    .trim();

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
