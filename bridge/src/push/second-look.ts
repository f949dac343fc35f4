import type { Discovery } from '@everypod/fan-out';
import type { Journal, StoredEvent } from '../journal/journal.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Pods } from '../pods/registry.ts';
import { openEvent } from '../report/open-event.ts';
import type { Lanes } from './lanes.ts';

/**
 * Looks at DNS once more for events whose report was final before a cached answer could have run out, and pushes
 * to pods that it finds and that are not known to have caught up. Their report stays as it is: they were not live.
 */
export type SecondLook = {
  /** Every event up to this one gets its look after `secondLookMs`, and within twice that. */
  owe(event: StoredEvent): void;
  stop(): Promise<void>;
};

type Options = {
  discovery: Discovery;
  pods: Pods;
  lanes: Lanes;
  journal: Journal;
  log: Log;
  limits: Limits;
  now: () => number;
};

export function createSecondLook({ discovery, pods, lanes, journal, log, limits, now }: Options): SecondLook {
  let newest: StoredEvent | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;

  /** One look serves all events of its time: a push takes a pod up to the head. */
  function arm(event: StoredEvent) {
    newest = undefined;
    // A clock that was set while this waited moves it no further than it was to be.
    const leftMs = event.acceptedAt + limits.secondLookMs - now();
    const dueMs = Math.min(Math.max(leftMs, 0), limits.secondLookMs);
    timer = setTimeout(() => {
      timer = undefined;
      looking = look(event).catch((error: unknown) => {
        log.error({ id: event.id, err: error }, 'DNS could not be looked at a second time');
      });
      if (newest) arm(newest);
    }, dueMs);
  }

  async function look(event: StoredEvent) {
    const discovered = await discovery.discover();
    pods.listed(discovered);
    const { epoch } = await journal.position();
    const addresses = discovered.addresses.filter(({ ip, service }) => {
      // A plain pod has no cursor that would tell what it has missed.
      if (service.kind === 'plain') return false;
      const cursor = pods.cursorAt(ip);
      return cursor?.epoch !== epoch || cursor.seq < event.seq;
    });
    if (addresses.length === 0) return;
    log.info({ id: event.id, pods: addresses.map(({ ip }) => ip) }, 'pods appeared after the report');
    const unreported = openEvent({ event, budgetMs: limits.eventBudgetMs, now, nameAt: pods.nameAt });
    for (const address of unreported.looked({ ...discovered, addresses }, []))
      lanes.push(unreported, address);
  }

  return {
    owe(event) {
      if (stopped || event.acceptedAt + limits.secondLookMs <= now()) return;
      if (timer) newest = event;
      else arm(event);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
