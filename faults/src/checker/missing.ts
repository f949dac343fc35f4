import { type Bounds, dueAt } from './due.ts';
import type { Evidence } from './evidence.ts';
import type { Life } from './lives.ts';
import { readsByPage, type Seen } from './reads-by-page.ts';
import type { Verdict } from './verdict.ts';

type Owed = { at: number; version: number; event: string };

/**
 * 1, by content: from the bound on, no ready pod serves a page older than an accepted event. A pair of event and pod
 * is judged when the pod was read, after the bound, on a page that the event changed.
 */
export function noAcceptedEventIsMissing({ events, lives, of }: Evidence, bounds: Bounds): Verdict {
  const reads = Map.groupBy(of('read'), ({ instance }) => instance);
  const accepted = events.filter(({ acceptedAt }) => acceptedAt !== null);
  const faults: string[] = [];
  let judged = 0;
  let judgedAlone = 0;
  let notReadyLongEnough = 0;
  let notRead = 0;

  for (const life of lives) {
    const pages = readsByPage(reads.get(life.instance) ?? []);
    const owed = new Map<string, Owed[]>();
    for (const event of accepted) {
      const { id, effects } = event;
      const due = dueAt(life, event, bounds);
      if (due === null) {
        notReadyLongEnough += 1;
        continue;
      }
      const { at } = due;
      const wasRead = effects.some(({ path }) => (pages.get(path)?.at(-1)?.from ?? 0) >= at);
      if (wasRead) judged += 1;
      if (wasRead && due.alone) judgedAlone += 1;
      else notRead += 1;
      for (const { path, version } of effects) {
        const its = owed.get(path) ?? [];
        its.push({ at, version, event: id });
        owed.set(path, its);
      }
    }
    for (const [path, its] of owed) faults.push(...staleReads(life, path, its, pages.get(path) ?? []));
  }
  return {
    name: 'missing',
    assertion: 'No accepted event is missing on a pod that was ready for longer than the bound',
    judged,
    faults,
    figures: [
      `${accepted.length} accepted events × ${lives.length} lives of pods`,
      `${judged} pairs judged, ${judgedAlone} of them by the bound without a bridge`,
      `${notReadyLongEnough} not: the pod was not ready for that long after the event`,
      `${notRead} not: nobody read the page on that pod after the bound`,
    ],
  };
}

function staleReads({ pod, ip }: Life, path: string, owed: Owed[], seen: readonly Seen[]): string[] {
  owed.sort((one, other) => one.at - other.at);
  const faults: string[] = [];
  let next = 0;
  let newest: Owed | null = null;
  for (const { from, version } of seen) {
    for (let due = owed[next]; due && due.at <= from; due = owed[next]) {
      if (newest === null || due.version > newest.version) newest = due;
      next += 1;
    }
    if (newest === null || version >= newest.version) continue;
    const lateS = ((from - newest.at) / 1_000).toFixed(1);
    faults.push(
      `${pod} (${ip}) served ${path} at version ${version}, ${lateS} s after version ${newest.version} of ${newest.event} was due.`,
    );
  }
  // One sentence per page and life: what follows is the same page, still old.
  return faults.slice(0, 1);
}
