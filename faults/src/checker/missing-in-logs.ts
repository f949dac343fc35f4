import type { Applications } from './applications.ts';
import { type Bounds, dueAt } from './due.ts';
import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** 1, by the pods' own logs: by the bound, each has applied the event's targets, or everything. */
export function everyEventIsInThePodsLogs(
  { events, lives }: Evidence,
  applications: Applications,
  bounds: Bounds,
): Verdict {
  const faults: string[] = [];
  let judged = 0;
  let bornFromNewer = 0;
  for (const life of lives.filter(({ logs }) => logs)) {
    for (const event of events) {
      const { id, savedAt, acceptedAt, targets } = event;
      if (acceptedAt === null) continue;
      if (life.contentFrom > acceptedAt) {
        bornFromNewer += 1;
        continue;
      }
      const due = dueAt(life, event, bounds);
      if (due === null) continue;
      judged += 1;
      const appliedAt = applications.firstOf(life.instance, targets, savedAt);
      if (appliedAt !== null && appliedAt <= due.at) continue;
      const when = appliedAt === null ? 'never' : `${((appliedAt - due.at) / 1_000).toFixed(1)} s too late`;
      faults.push(`${life.pod} (${life.ip}) applied ${targets.join(', ')} of ${id} ${when}.`);
    }
  }
  return {
    name: 'missing in logs',
    assertion: 'By their own logs, such pods have applied every accepted event by then',
    judged,
    faults,
    figures: [`${judged} pairs judged`, `${bornFromNewer} not: the pod was built from newer content`],
  };
}
