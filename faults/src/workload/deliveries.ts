import { setTimeout as sleep } from 'node:timers/promises';
import { reportSchema } from '@everypod/contract';
import type { BridgeClient } from '../bridges/client.ts';
import type { Chronicle } from '../chronicle/chronicle.ts';
import { monotonicMs } from '../chronicle/clock.ts';
import { limits } from '../limits.ts';
import type { SenderNews } from './messages.ts';
import type { Outbox, Row } from './outbox.ts';

type Options = {
  bridge: BridgeClient;
  outbox: Outbox;
  chronicle: Chronicle;
  tell: (news: SenderNews) => void;
  readReports: boolean;
};

/** Hands what waits in the outbox to the bridge, again and again until it is accepted; then reads its reports. */
export function createDeliveries({ bridge, outbox, chronicle, tell, readReports }: Options) {
  const underWay = new Set<string>();
  const notBefore = new Map<string, number>();
  const failures = new Map<string, number>();
  let paused = false;

  async function deliver(row: Row) {
    underWay.add(row.id);
    const answered = await bridge.deliver(row.id, row.body);
    underWay.delete(row.id);
    if (answered.status === 200 || answered.status === 202) {
      accepted(row.id, reportSchema.parse(JSON.parse(answered.text)).seq);
      return;
    }
    chronicle.note({ what: 'not accepted', id: row.id, reason: `${answered.status} ${answered.reason}` });
    const failed = (failures.get(row.id) ?? 0) + 1;
    failures.set(row.id, failed);
    const waitMs = Math.min(limits.redeliverFirstMs * 2 ** (failed - 1), limits.redeliverMostMs);
    notBefore.set(row.id, monotonicMs() + waitMs);
  }

  function accepted(id: string, seq: number | null) {
    chronicle.note({ what: 'accepted', id, seq });
    outbox.accepted(id);
    tell({ news: 'accepted', id });
    if (readReports) void readReportsOf(id);
  }

  function soon() {
    if (paused) return;
    const due = outbox
      .waiting()
      .filter(({ id }) => !underWay.has(id) && (notBefore.get(id) ?? 0) <= monotonicMs())
      .slice(0, limits.deliveriesAtOnce - underWay.size);
    for (const row of due) void deliver(row);
  }

  async function readReportsOf(id: string) {
    const acceptedAt = monotonicMs();
    for (const afterMs of limits.reportReadsMs) {
      await sleep(Math.max(0, acceptedAt + afterMs - monotonicMs()), undefined, { ref: false });
      const report = await bridge.report(id).catch(() => null);
      if (report === null) continue;
      const applied = report.pods.filter(({ state }) => state === 'applied');
      chronicle.note({
        what: 'report',
        id,
        state: report.state,
        final: report.final,
        seq: report.seq,
        applied: applied.map(({ instance }) => instance),
        settled: applied.filter(({ settledAt }) => settledAt !== undefined).map(({ instance }) => instance),
        others: report.pods.length - applied.length,
      });
      if (report.final) return;
    }
  }

  setInterval(() => {
    soon();
    tell({ news: 'waiting', count: outbox.waiting().length });
  }, limits.reachPeriodMs);
  return {
    soon,
    /** A bridge came for it by itself. */
    fetched: (id: string) => accepted(id, null),
    pause(next: boolean) {
      paused = next;
    },
  };
}
