import { limits } from '../limits.ts';
import { markupOf } from './markup.ts';
import { versionMeta } from './version-meta.ts';

/** When the version of a post that a page names was modified; of several the oldest, since such a page is as old as that. */
export function versionShown(page: string, post: string): string | null {
  const shown = metasOf(page).flatMap((content) => {
    const [, id, modified] = wellFormed.exec(content) ?? [];
    return id === post && modified !== undefined ? [modified] : [];
  });
  return shown.sort().at(0) ?? null;
}

const wellFormed = /^(\d{1,20}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/;
const metas = new RegExp(`<meta\\s([^<>]{1,${limits.metaCharacters}})>`, 'gi');
/** In whatever order and quotes. */
const attributes = /([^\s"'=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/g;

/** What the metas of our name say. */
function metasOf(page: string): string[] {
  return [...markupOf(page).matchAll(metas)].flatMap(([, text = '']) => {
    const given = new Map<string, string>();
    for (const [, name = '', double, single, bare] of text.matchAll(attributes))
      given.set(name.toLowerCase(), double ?? single ?? bare ?? '');
    return given.get('name') === versionMeta ? [given.get('content') ?? ''] : [];
  });
}
