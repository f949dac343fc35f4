import type { Applications } from './applications.ts';
import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** 3: a report that says applied or settled for a pod is borne out by that pod's own log. */
export function reportsAreHonest(
  { events, lives, of }: Evidence,
  applications: Applications,
  settlingDelayMs: number,
): Verdict {
  const byId = new Map(events.map((event) => [event.id, event]));
  const lifeOf = new Map(lives.map((life) => [life.instance, life]));
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
      if (lifeOf.get(instance)?.logs === false) continue;
      settled += 1;
      const at = first(instance);
      const again = at === null ? null : applications.firstOf(instance, event.targets, at + settlingDelayMs);
      const bornWithIt = (lifeOf.get(instance)?.contentFrom ?? 0) > event.savedAt;
      if (!bornWithIt && (again === null || again > report.at)) {
        faults.add(
          `The report of ${report.id} says settled for ${instance}, whose log has no second application.`,
        );
      }
    }
  }
  return {
    name: 'honest',
    assertion: 'The report is honest: applied or settled for a pod implies that its own log has it',
    judged: applied + settled,
    faults: [...faults],
    figures: [`${of('report').length} reports`, `${applied} applied lines`, `${settled} settled lines`],
  };
}
