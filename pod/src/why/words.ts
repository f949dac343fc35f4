import type { Why, WhyEntry } from '@everypod/contract';

/** What a pod says of a page, in lines for a person. */
export function wordsFor({ pod, path, cdn, entries }: Why): string[] {
  if (entries.length === 0)
    return [
      `Nobody has asked ${pod.name} for ${path} in its life, or the page is not kept. Ask for it once, and then again.`,
    ];
  const ofCdn = cdn === undefined ? [] : [`  CDN: ${cdn === null ? 'not by tag' : `by ${cdn}`}`];
  return [`${path} on ${pod.name}:`, ...entries.flatMap(entryWords), ...ofCdn].map(clean);
}

const kinds: Record<WhyEntry['is'], string> = {
  known: 'known: all that was read for it said its keys',
  blind:
    'blind: something that was read for it, or nothing that could be heard, said no keys. It goes with each change',
  unknown: 'unknown: it was stored before anyone learned what it was made from. It goes with each change',
};

function entryWords({ servedBy, is, keys, tags, storedAt, goes }: WhyEntry): string[] {
  return [
    `  ${servedBy}, ${storedAt === null ? 'stored nobody knows when' : `stored at ${storedAt}`}`,
    `    ${kinds[is]}`,
    `    keys: ${keys.join(', ') || 'none'}`,
    `    tags: ${tags.join(', ') || 'none'}`,
    ...goes.map(({ tag, by }) => `    ${tag}: ${by === null ? 'it stays' : `it goes, by ${by}`}`),
  ];
}

/** What others wrote moves no cursor, and begins no line, on a person's screen. */
function clean(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\uFFFD');
}
