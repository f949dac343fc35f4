import { type CdnHeader, cdnHeaders, isCdnHeader } from './header.ts';

/**
 * The header that `cdnTags` names; null where it is left out.
 * @throws what is wrong, why, and what to do: an answer without tags would stay in the CDN, and nobody would see it
 */
export function readCdnTags(given: unknown, isGuarded: boolean): CdnHeader | null {
  if (given === undefined) return null;
  const names = Object.keys(cdnHeaders);
  if (!isCdnHeader(given)) {
    const meant = typeof given === 'string' && names.find((one) => one.toLowerCase() === given.toLowerCase());
    const what =
      typeof given === 'string' ? `"${given}"` : `of type ${given === null ? 'null' : typeof given}`;
    const instead = meant
      ? `Write it as '${meant}'.`
      : `Set it to what your CDN reads (${names.join(', ')}), or leave it out.`;
    throw new Error(
      `withEverypod: cdnTags is ${what}, which no CDN that is known here reads, so it would go by no tag. ${instead}`,
    );
  }
  if (!isGuarded) {
    throw new Error(
      `withEverypod: cdnTags is "${given}", but the guard alone knows what an answer was made of, and it is not installed. Leave out cacheHandler: false, build with Node.js 20.16 or newer, or leave out cdnTags.`,
    );
  }
  return given;
}
