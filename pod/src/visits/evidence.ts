import { createHash } from 'node:crypto';
import type { Evidence } from '@everypod/contract';
import { markupOf } from './markup.ts';
import { versionShown } from './version.ts';

/** What a page tells of a change. It may well show one of which it tells nothing. */
export type Told = { kind: 'shows it' } | { kind: 'is older'; modified: string } | { kind: 'says nothing' };

/** By the version of the event's post that a page names, and where it names none, by words that are new. */
export function toldBy(page: string, eventId: string, evidence: Evidence): Told {
  const { version } = evidence;
  const modified = version === undefined ? null : versionShown(page, version.post);
  if (version !== undefined && modified !== null && modified < version.modified)
    return { kind: 'is older', modified };
  return { kind: modified !== null || carries(page, eventId, evidence) ? 'shows it' : 'says nothing' };
}

/** Whether a page's own text carries what is new: one of the event's runs of words, which nobody here knows as text. */
export function carries(page: string, eventId: string, { words, runs }: Evidence): boolean {
  if (words === undefined || runs === undefined) return false;
  const wanted = new Set(runs);
  return runsOf(page, words).some((run) => wanted.has(hashOf(eventId, run)));
}

/**
 * Every run of so many words in a text or page: in lower case, with one space between them. Tags, comments and
 * signs stand between words.
 */
export function runsOf(text: string, words: number): string[] {
  const plain = markupOf(text)
    .replace(/<[a-z/!?][^<>]*>/gi, ' ')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]*));/gi, decoded);
  const all = plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const runs: string[] = [];
  for (let at = 0; at + words <= all.length; at += 1) runs.push(all.slice(at, at + words).join(' '));
  return runs;
}

/** As the event carries it. */
export function hashOf(eventId: string, run: string): string {
  return createHash('sha256').update(`${eventId}\n${run}`).digest('hex').slice(0, 16);
}

function decoded(_: string, decimal?: string, hex?: string, name = ''): string {
  if (decimal === undefined && hex === undefined) return letterNamed(name) ?? ' ';
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' ';
}

const marks: Record<string, string> = {
  acute: '\u0301',
  cedil: '\u0327',
  circ: '\u0302',
  grave: '\u0300',
  ring: '\u030a',
  tilde: '\u0303',
  uml: '\u0308',
};
const letters: Record<string, string> = {
  szlig: 'ß',
  aelig: 'æ',
  oelig: 'œ',
  oslash: 'ø',
  eth: 'ð',
  thorn: 'þ',
};

/** HTML's names of Latin letters; whatever else has a name stands between words. */
function letterNamed(name: string): string | null {
  const [, letter, mark] = /^([a-z])(acute|cedil|circ|grave|ring|tilde|uml)$/i.exec(name) ?? [];
  if (letter !== undefined && mark !== undefined)
    return `${letter}${marks[mark.toLowerCase()] ?? ''}`.normalize('NFC');
  return letters[name.toLowerCase()] ?? null;
}
