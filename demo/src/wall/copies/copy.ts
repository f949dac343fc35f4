import { createHash } from 'node:crypto';
import { textOf } from './text.ts';

/** One pod's copy of a page, as it answered it. */
export type Copy = {
  status: number;
  html: string;
  /** Equal when a reader sees the same, whoever rendered it and when. */
  content: string;
  /** Equal when nothing at all has changed. */
  version: string;
  headline: string;
  /** The pod that rendered it, or `build`. */
  renderedBy: string | null;
  /** When its render began to ask WordPress. */
  renderedAt: Date | null;
  modifiedAt: Date | null;
};

/** Reads the marks that the demo's blog leaves in every page. */
export function readCopy(status: number, html: string): Copy {
  const title = between(html, /<title>([^<]*)</);
  const main = between(html, /(<main[\s>][\s\S]*<\/main>)/);
  return {
    status,
    html,
    content: status === 200 ? hash(`${title}\n${main}`) : `status ${status}`,
    version: hash(html),
    headline: headlineOf(status, html, title),
    renderedBy: markOf(html, 'everypod-pod') || null,
    renderedAt: dateOf(markOf(html, 'everypod-rendered-at')),
    modifiedAt: dateOf(markOf(html, 'everypod-modified')),
  };
}

/** In a page it is a meta element; in a 404, which Next.js leaves to the browser to draw, escaped JSON. */
function markOf(html: string, name: string): string {
  return between(html, new RegExp(`${name}\\\\?"(?: content=|,\\\\?"content\\\\?":\\\\?)"([^"\\\\]*)`));
}

function headlineOf(status: number, html: string, title: string): string {
  if (status === 404) return 'Nothing at this address (404)';
  if (status !== 200) return `The pod could not make the page (${status})`;
  const marked = between(html, /data-headline[^>]*>([\s\S]*?)<\/h\d>/);
  return textOf(marked || title);
}

function between(html: string, pattern: RegExp): string {
  return pattern.exec(html)?.[1] ?? '';
}

function dateOf(text: string): Date | null {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
