import { limits } from '../limits.ts';

/** The tags and texts of a page, as much of it as is looked through: without scripts, styles and comments. */
export function markupOf(page: string): string {
  return page
    .slice(0, limits.evidenceCharacters)
    .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ');
}
