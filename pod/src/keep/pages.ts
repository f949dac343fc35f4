import { limits as messageLimits, type Push, vanishes } from '@everypod/contract';
import { spellingsOf } from '../apply/spellings.ts';
import { withKeyTags } from '../keys/key.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { settle } from '../settling/settle.ts';
import { tellOfOrigin } from './origin.ts';

/**
 * Has visitors get the pages of a push as they are now, until a visit that the bridge grants has made each anew. To be called
 * before the push is applied. What vanishes is given to nobody, and what nobody has asked for needs no keeping.
 * @param signedAtMs what reaches a pod late, which was frozen meanwhile, is kept no longer for it
 */
export function keepWhileMade({ event, targets, everything }: Push, signedAtMs: number, life: Life): void {
  const guard = life.guarding()?.guard ?? null;
  if (event === undefined || guard === null || guard.servedAt() === null) return;
  tellOfOrigin(life, event.site);
  if (everything || targets.some(vanishes)) return;
  const paths = targets.flatMap((target) => ('path' in target && !('scope' in target) ? target.path : []));
  const tags = new Set(withKeyTags(targets.flatMap((target) => ('tag' in target ? target.tag : []))));
  // As many as a bridge has visited, in the order in which it does.
  const visited = [...paths, ...guard.pages.carrying(tags)].slice(0, messageLimits.visitPaths);
  const lateMs = Math.max(0, life.nowMs() - signedAtMs - limits.signedWithinMs);
  const keepMs = Math.max(0, event.keepMs - lateMs);
  guard.keeping.keep(keysAt(visited, life), keepMs);
  const later = { ...life, background: null };
  const { clock } = life;
  const isOver = clock.untilAwake(clock.awakeMs() + keepMs);
  void isOver.then(async () => {
    settle(later);
    // What nobody has made may be waited for, if WordPress has gone since.
    await guard.keeping.origins.looked();
    settle(later);
  });
}

/** To be called when a visit has come to an end: what it has not made, the next visitor makes. */
export function keepNoLonger(path: string, life: Life): void {
  for (const key of keysAt([path], life)) life.guarding()?.guard.keeping.release(key);
  settle(life);
}

/** Of the pages by which these paths are served, however they are spelled. */
function keysAt(paths: readonly string[], { applying, guarding }: Life): string[] {
  const { basePath } = applying.site();
  const spelled = paths.flatMap((path) => spellingsOf(path, basePath).spellings);
  return guarding()?.guard.pages.keysOf(new Set(spelled.map((path) => `${basePath}${path}`))) ?? [];
}
