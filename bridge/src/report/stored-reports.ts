import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '@everypod/contract';
import type { Journal, StoredEvent } from '../journal/journal.ts';
import type { Limits } from '../limits.ts';
import { endedUnseen } from './ended-unseen.ts';
import { openEvent } from './open-event.ts';

/** Reports of events that this bridge does not follow, as the journal has them. */
export type StoredReports = {
  of(event: StoredEvent): Report;
  /** Once every live pod has answered to the bridge that follows it, or after `ms`. */
  answered(event: StoredEvent, ms: number): Promise<Report>;
};

type Options = {
  journal: Journal;
  /** Other bridges use the journal too, and may follow what this one doesn't. */
  shared: boolean;
  limits: Limits;
  now: () => number;
  nameAt: (ip: string) => string | undefined;
  isStopped: () => boolean;
};

export function createStoredReports({
  journal,
  shared,
  limits,
  now,
  nameAt,
  isStopped,
}: Options): StoredReports {
  function of(event: StoredEvent): Report {
    if (event.report?.final) return event.report;
    const report = event.report ?? openEvent({ event, budgetMs: 0, now, nameAt }).report();
    const endsAt = event.acceptedAt + limits.eventBudgetMs + limits.followerLeaseMs;
    // Otherwise its budget ended while no bridge was there to see it.
    return shared && now() < endsAt ? report : endedUnseen(report);
  }

  return {
    of,
    async answered(event, ms) {
      const endsAt = now() + ms;
      let report = of(event);
      while (!hasAnswers(report) && now() < endsAt && !isStopped()) {
        await sleep(Math.min(limits.shareEveryMs, ms));
        const stored = await journal.event(event.id);
        if (stored) report = of(stored);
      }
      return report;
    },
  };
}

function hasAnswers({ final, discovery, counts }: Report): boolean {
  return final || (discovery.length > 0 && counts.asked === 0);
}
