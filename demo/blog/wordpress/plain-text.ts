const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  hellip: '…',
};

/** WordPress gives titles and excerpts as HTML; as text they fit a heading, a `<title>` and a description. */
export function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[\da-f]+|[a-z]+);/gi, (entity, code: string) => character(code) ?? entity)
    .trim();
}

function character(code: string): string | undefined {
  if (!code.startsWith('#')) return named[code.toLowerCase()];
  const point = /^#x/i.test(code) ? Number.parseInt(code.slice(2), 16) : Number.parseInt(code.slice(1), 10);
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}
