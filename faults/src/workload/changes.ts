import { type Target, wholeSite } from '@everypod/contract';
import {
  articlePattern,
  articleTag,
  type Page,
  type Site,
  sectionCount,
  sectionTag,
} from '../origin/site.ts';
import type { Random } from '../seed/random.ts';

/** What an editor does next: the pages whose content changes, and the targets that WordPress computes for it. */
export type Change = { change: string; paths: string[]; targets: Target[] };

/** Mostly single articles: a wide change would make good what was missed before it, and so hide it. */
export function nextChange({ pages, states }: Site, random: Random, recent: readonly string[]): Change {
  const kind = random.next();
  if (kind < 0.01) return { change: 'theme.changed', paths: pathsOf(pages), targets: [wholeSite] };
  if (kind < 0.02) {
    const targets: Target[] = [{ path: articlePattern, scope: 'page' }];
    return { change: 'template.changed', paths: pathsOf(pages), targets };
  }
  if (kind < 0.05) {
    const tag = sectionTag(random.whole(0, sectionCount - 1));
    return {
      change: 'term.renamed',
      paths: pathsOf(pages.filter(({ tags }) => tags.includes(tag))),
      targets: [{ tag }],
    };
  }
  if (kind < 0.08) {
    const { path, topic } = random.pick(states);
    return { change: 'flags.changed', paths: [path], targets: [{ topic }] };
  }
  // Saves follow each other: a metabox pass, a typo corrected at once. A state is no article, and goes by its topic alone.
  const again = recent.filter((path) => !states.some((state) => state.path === path));
  const path = kind < 0.25 && again.length > 0 ? random.pick(again) : random.pick(pages).path;
  const byTag: Target = { tag: articleTag(Number(path.split('/').at(-1))) };
  const targets = kind < 0.5 ? [byTag] : kind < 0.7 ? [{ path }] : [byTag, { path }];
  return { change: 'post.updated', paths: [path], targets };
}

const pathsOf = (pages: readonly Page[]) => pages.map(({ path }) => path);
