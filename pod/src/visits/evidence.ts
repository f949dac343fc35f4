import { createHash } from 'node:crypto';
import type { Evidence } from '@everypod/contract';
import { limits } from '../limits.ts';

/** Whether a page's own text carries what is new: one of the event's runs of words, which nobody here knows as text. */
export function carries(page: string, eventId: string, { words, runs }: Evidence): boolean {
  const wanted = new Set(runs);
  return runsOf(page, words).some((run) => wanted.has(hashOf(eventId, run)));
}

/**
 * Every run of so many words in a text or page: in lower case, with one space between them. Tags and entities of punctuation
 * stand between words, comments between nothing.
 */
export function runsOf(text: string, words: number): string[] {
  const plain = text
    .slice(0, limits.evidenceCharacters)
    .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z0-9]+));/gi, decoded);
  const all = plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const runs: string[] = [];
  for (let at = 0; at + words <= all.length; at += 1) runs.push(all.slice(at, at + words).join(' '));
  return runs;
}

/** As the event carries it. */
export function hashOf(eventId: string, run: string): string {
  return createHash('sha256').update(`${eventId}\n${run}`).digest('hex').slice(0, 16);
}

function decoded(_: string, decimal?: string, hex?: string): string {
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  // What has a name is punctuation on pages that are written in UTF-8.
  return Number.isInteger(code) && code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' ';
}
