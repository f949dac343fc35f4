import { beforeHead, cacheControlOf, type Response } from '../guard/head.ts';
import type { Asked } from '../guard/makings.ts';
import type { CdnTags } from './cdn-tags.ts';
import { cdnHeaders } from './header.ts';
import { anyEvent } from './names.ts';

/** Has an answer that a CDN may keep say by what it goes: asked as its head leaves, when it is known what it was made of. */
export function tagForCdn(response: Response, asked: Asked, cdn: CdnTags): void {
  beforeHead(response, () => {
    const { header } = cdn;
    if (
      header === null ||
      isLeftAlone(asked.path) ||
      /\b(?:private|no-store)\b/.test(cacheControlOf(response))
    )
      return;
    const own = response.getHeader?.(header);
    const said = [...(own === undefined ? [] : [own].flat()), cdn.said(namesOf(asked))];
    response.setHeader?.(header, said.join(cdnHeaders[header]));
  });
}

/** Who comes while a page is made is answered with what comes of it and asks no cache, as who is answered with no entry at all. */
function namesOf({ goesWith, makings }: Asked): ReadonlySet<string> {
  const isUnheard = [...makings].some(({ goesOn }) => !goesOn);
  return goesWith.size === 0 || isUnheard ? new Set([...goesWith, anyEvent]) : goesWith;
}

/** What the build has named by its contents, images that go by their own time, and what pods and bridges say to each other. */
function isLeftAlone(path: string): boolean {
  return /\/_next\/(?:static|image)\b|\/siteapi\//.test(path.split('?', 1)[0] ?? '');
}
