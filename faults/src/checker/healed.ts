import type { RecordOf } from '../chronicle/record.ts';
import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** 6: at the end of every quiet window nothing waits, and every pod is ready, at the head, and settled. */
export function healsByItself({ of }: Evidence): Verdict {
  const standings = of('standing');
  return {
    name: 'healed',
    assertion: 'It heals by itself: after each quiet window nothing waits and every pod is at the head',
    judged: standings.length,
    faults: standings.flatMap(faultsOf),
    figures: [`${standings.length} quiet windows`],
  };
}

function faultsOf({ head, waiting, pods, wanted }: RecordOf<'standing'>, window: number): string[] {
  const name = `Quiet window ${window + 1}`;
  const faults: string[] = [];
  if (waiting > 0) faults.push(`${name}: ${waiting} events still wait in the outbox.`);
  if (head === null) return [...faults, `${name}: the bridge did not tell its head.`];
  const ready = pods.filter((pod) => pod.ready).length;
  if (ready < wanted) faults.push(`${name}: ${ready} of ${wanted} pods are ready.`);
  for (const { ip, cursor, settled, ready: isReady } of pods) {
    if (!isReady) continue;
    const at = (one: typeof cursor) => (one === null ? 'nowhere' : `${one.seq} of ${one.epoch}`);
    if (cursor?.epoch !== head.epoch || cursor.seq < head.seq) {
      faults.push(`${name}: the pod at ${ip} is at ${at(cursor)}, the head at ${at(head)}.`);
    } else if (settled?.epoch !== head.epoch || settled.seq < head.seq) {
      faults.push(`${name}: the pod at ${ip} has settled up to ${at(settled)}, the head is at ${at(head)}.`);
    }
  }
  return faults;
}
