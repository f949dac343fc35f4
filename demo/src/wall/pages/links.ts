import { textOf } from '../copies/text.ts';

export type LinkKind = 'Articles' | 'Categories' | 'Authors' | 'Pages';
export type Link = { path: string; name: string; kind: LinkKind };

/** What the main part of the demo blog's front page links to, each address once. */
export function linksOf(html: string): Link[] {
  const main = /<main[\s>][\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  const links = new Map<string, Link>();
  for (const [anchor, path = '', content = ''] of main.matchAll(
    /<a\s[^>]*href="(\/[^"]+)"[^>]*>([\s\S]*?)<\/a>/g,
  )) {
    const name = textOf(content);
    if (name !== '' && !links.has(path)) links.set(path, { path, name, kind: kindOf(path, anchor) });
  }
  return [...links.values()];
}

function kindOf(path: string, anchor: string): LinkKind {
  if (path.startsWith('/category/')) return 'Categories';
  if (path.startsWith('/author/')) return 'Authors';
  return anchor.includes('card-link') ? 'Articles' : 'Pages';
}
