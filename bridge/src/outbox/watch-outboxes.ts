import type { Intake } from '../ingress/intake.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import { createEmptyOutbox, type Emptied } from './empty-outbox.ts';
import type { Site } from './site.ts';

/** Looks into the outbox of each WordPress on a timer, so that one whose cron is dead still heals. */
export type WatchOutboxes = {
  start(): void;
  /** Resolves when nothing is under way. */
  stop(): Promise<void>;
};

type Options = {
  sites: readonly Site[];
  everyMs: number;
  intake: Intake;
  secrets: SecretSource;
  log: Log;
  metrics: Metrics;
  limits: Limits;
  now: () => number;
};

export function createWatchOutboxes(options: Options): WatchOutboxes {
  const watches = options.sites.map((site) => createWatch(site, options));
  return {
    start() {
      for (const watch of watches) watch.start();
    },
    async stop() {
      await Promise.all(watches.map((watch) => watch.stop()));
    },
  };
}

function createWatch(
  site: Site,
  { everyMs, intake, secrets, log, metrics, limits, now }: Options,
): WatchOutboxes {
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;
  /** Said once, and not once a minute. */
  let trouble = '';
  const emptyOutbox = createEmptyOutbox({
    site,
    intake,
    secrets,
    log,
    limits,
    now,
    stopped: () => stopped,
  });

  function tell(emptied: Emptied) {
    metrics.lookedIntoOutbox(emptied.kind);
    const { url } = site;
    if (emptied.kind === 'failed') {
      if (trouble !== emptied.reason) log.warn({ site: url, reason: emptied.reason }, 'outbox out of reach');
      trouble = emptied.reason;
      return;
    }
    if (trouble !== '') log.info({ site: url }, 'outbox in reach again');
    trouble = '';
    if (emptied.events > 0) log.info({ site: url, events: emptied.events }, 'outbox emptied');
  }

  async function look() {
    const emptied = await emptyOutbox().catch(
      (error: unknown): Emptied => ({
        kind: 'failed',
        reason: error instanceof Error ? error.message : String(error),
      }),
    );
    tell(emptied);
    arm(everyMs * (0.75 + Math.random() / 2));
  }

  function arm(ms: number) {
    if (stopped) return;
    timer = setTimeout(() => {
      looking = look();
    }, ms);
  }

  return {
    // At a moment of its own, so that bridges that start together do not ask together.
    start: () => arm(everyMs * Math.random()),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
