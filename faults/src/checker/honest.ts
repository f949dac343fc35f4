import type { Applications } from './applications.ts';
import { type Evidence, isTopic, type SavedEvent } from './evidence.ts';
import { type ReadsByPage, readsByPage } from './reads-by-page.ts';
import type { Verdict } from './verdict.ts';

/**
 * 3: a report that says applied or settled for a pod is borne out by that pod's own log; settled by a second application,
 * or behind a guard by its pages: nothing that is read from then on is older than the event.
 */
export function reportsAreHonest(
  { events, lives, of }: Evidence,
  applications: Applications,
  settlingDelayMs: number,
): Verdict {
  const byId = new Map(events.map((event) => [event.id, event]));
  const lifeOf = new Map(lives.map((life) => [life.instance, life]));
  const reads = Map.groupBy(of('read'), ({ instance }) => instance);
  const pages = new Map<string, ReadsByPage>();
  const pagesOf = (instance: string) => {
    const known = pages.get(instance) ?? readsByPage(reads.get(instance) ?? []);
    pages.set(instance, known);
    return known;
  };
  const judgedByPages = new Set<string>();
  const faults = new Set<string>();
  let applied = 0;
  let settled = 0;
  for (const report of of('report')) {
    const event = byId.get(report.id);
    if (!event) continue;
    const first = (instance: string) => {
      const life = lifeOf.get(instance);
      // What was built after the change carries it without applying anything.
      if (life && life.contentFrom > event.savedAt) return life.bornAt;
      return applications.firstOf(instance, event.targets, event.savedAt);
    };
    for (const instance of report.applied) {
      if (lifeOf.get(instance)?.logs === false) continue;
      applied += 1;
      const at = first(instance);
      if (at === null || at > report.at) {
        faults.add(`The report of ${report.id} says applied for ${instance}, whose log does not have it.`);
      }
    }
    for (const instance of report.settled) {
      const life = lifeOf.get(instance);
      if (life?.guarded && !event.targets.some(isTopic)) {
        const line = `${report.id} ${instance}`;
        if (judgedByPages.has(line)) continue;
        judgedByPages.add(line);
        const old = firstOlder(event, report.at, pagesOf(instance));
        if (old) faults.add(`The report of ${report.id} says settled for ${life.pod} (${life.ip}), ${old}.`);
        continue;
      }
      if (life?.logs === false) continue;
      settled += 1;
      const at = first(instance);
      const again = at === null ? null : applications.firstOf(instance, event.targets, at + settlingDelayMs);
      const bornWithIt = (life?.contentFrom ?? 0) > event.savedAt;
      if (!bornWithIt && (again === null || again > report.at)) {
        faults.add(
          `The report of ${report.id} says settled for ${instance}, whose log has no second application.`,
        );
      }
    }
  }
  return {
    name: 'honest',
    assertion:
      'The report is honest: applied or settled for a pod implies that its own log has it, or its pages',
    judged: applied + settled + judgedByPages.size,
    faults: [...faults],
    figures: [
      `${of('report').length} reports`,
      `${applied} applied lines`,
      `${settled} settled lines`,
      `${judgedByPages.size} by what guarded pods served from then on`,
    ],
  };
}

/** A sentence about the first read of a page, from that moment on, that is older than the event. */
function firstOlder({ effects }: SavedEvent, from: number, pages: ReadsByPage): string | null {
  for (const { path, version } of effects) {
    const old = pages.get(path)?.find((read) => read.from >= from && read.version < version);
    if (old === undefined) continue;
    const laterS = ((old.from - from) / 1_000).toFixed(1);
    return `which served ${path} at version ${old.version} ${laterS} s later; the event had made it ${version}`;
  }
  return null;
}
