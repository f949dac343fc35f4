import {
  createFixedList,
  createHeadlessDns,
  createSlots,
  fanOutLimits,
  joinDiscoveries,
  podAddress,
} from '@everypod/fan-out';
import type { Hono } from 'hono';
import { createApp } from './app.ts';
import { createCatchUpRoute } from './catch-up/catch-up-route.ts';
import { createSeenIds } from './catch-up/seen-ids.ts';
import type { Config } from './config.ts';
import { createHealthRoutes } from './health/health-routes.ts';
import { createEventRoutes } from './ingress/events.ts';
import { createIntake } from './ingress/intake.ts';
import { createTrust } from './ingress/trust.ts';
import { createSqliteJournal } from './journal/sqlite.ts';
import { limits as defaultLimits, type Limits } from './limits.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createWatchOutboxes } from './outbox/watch-outboxes.ts';
import { createPodsRoute } from './pods/pods-route.ts';
import { createPods, type PodNews } from './pods/registry.ts';
import { createLanes } from './push/lanes.ts';
import { createReach } from './push/reach.ts';
import { createSecondLook } from './push/second-look.ts';
import { createReports } from './report/reports.ts';
import { createSecretSource } from './secrets/secret-source.ts';
import { listen, type RunningServer } from './server.ts';

export type BridgeOptions = {
  log?: Log;
  limits?: Limits;
  /** One attempt at one pod. */
  pushDeadlineMs?: number;
  now?: () => number;
};

export type Bridge = {
  app: Hono;
  /** Listens, and takes up what was accepted before. Resolves with the port. */
  start(): Promise<number>;
  /** Not ready from now on; resolves when what was in flight is done and the journal is closed. */
  stop(): Promise<void>;
};

/** Wires one bridge. Opens its journal; listens only once started. */
export function createBridge(
  config: Config,
  {
    log = createLog(config.logLevel),
    limits = defaultLimits,
    pushDeadlineMs: deadlineMs = fanOutLimits.pushDeadlineMs,
    now = Date.now,
  }: BridgeOptions = {},
): Bridge {
  const { services, ranges } = config;
  let stopping = false;
  let server: RunningServer | undefined;

  const secretOptions = { log, checkMs: limits.secretCheckMs, now };
  const senderSecrets = createSecretSource(config.secret, secretOptions);
  const podSecrets = createSecretSource(config.podSecret, secretOptions);

  const discovery = joinDiscoveries([
    createHeadlessDns({
      services: services.filter(({ fixed }) => !fixed),
      ranges,
      servers: config.dnsServers,
    }),
    createFixedList({ services: services.filter(({ fixed }) => fixed), ranges }),
  ]);
  const pods = createPods({ limits, now, addressOf });
  const metrics = createMetrics({
    openEvents: () => reports.count(),
    livePods: () => pods.all().filter(({ live }) => live).length,
  });

  const journal = createSqliteJournal({ path: config.journal.path, log, limits, now });
  const reports = createReports({ journal, log, metrics, limits, now, nameAt: pods.nameAt });
  const lanes = createLanes({
    journal,
    pods,
    secrets: podSecrets,
    slots: createSlots(fanOutLimits.pushesAtOnce),
    deadlineMs,
    metrics,
    log,
    now,
    heard,
    changed: reports.changed,
  });
  const secondLook = createSecondLook({ discovery, pods, lanes, journal, log, limits, now });
  const reach = createReach({ discovery, pods, lanes, secondLook, reports, log, limits, now });

  const intake = createIntake({ journal, reach, metrics, now });
  const outboxes = createWatchOutboxes({
    sites: config.wordpress,
    intake,
    secrets: senderSecrets,
    log,
    metrics,
    limits,
    now,
  });

  const fromSenders = createTrust({ secrets: senderSecrets, log, metrics, now });
  const fromPods = createTrust({ secrets: podSecrets, log, metrics, now });
  const seenIds = createSeenIds({ most: limits.catchUpIdsRemembered, now });
  const isStopping = () => stopping;

  const app = createApp({
    events: createEventRoutes({ trust: fromSenders, intake, reports, stopping: isStopping }),
    pods: createPodsRoute({ trust: fromSenders, discovery, pods, journal }),
    catchUp: createCatchUpRoute({ trust: fromPods, seenIds, journal, log, metrics, limits, now, heard }),
    health: createHealthRoutes({ journal, stopping: isStopping }),
    metrics,
    log,
    limits,
  });

  function heard(news: PodNews) {
    pods.heard(news);
    reports.heard(news);
  }

  function addressOf(ip: string) {
    const [service] = services;
    const [allowed] = ranges.sort([ip]).allowed;
    return service && allowed ? podAddress(service, allowed) : null;
  }

  return {
    app,
    async start() {
      for (const event of await journal.unfinished(now() - limits.eventBudgetMs)) reach.start(event);
      server = await listen(app, config.listen, limits);
      outboxes.start();
      const { epoch, head } = await journal.position();
      log.info({ ...config.listen, port: server.port, epoch, head }, 'listening');
      return server.port;
    },
    async stop() {
      if (stopping) return;
      stopping = true;
      log.info('stopping');
      const late = setTimeout(() => server?.cutOff(), limits.stopMs);
      reports.releaseAll();
      await Promise.all([server?.close(), outboxes.stop(), reach.stop(), lanes.stop()]);
      await reports.keepAll();
      clearTimeout(late);
      await journal.close();
      log.info('stopped');
    },
  };
}
