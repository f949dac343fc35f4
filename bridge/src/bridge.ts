import { createAnswerTrust, parseSecrets } from '@everypod/contract';
import { createSlots, createTurns, fanOutLimits } from '@everypod/fan-out';
import type { Hono } from 'hono';
import { createApp } from './app.ts';
import { createCatchUpRoute } from './catch-up/catch-up-route.ts';
import type { Config } from './config/config.ts';
import { discoveryOf } from './config/discovery.ts';
import { parsePlainSecret } from './config/plain-secret.ts';
import { createHealthRoutes } from './health/health-routes.ts';
import type { Edge } from './ingress/address.ts';
import { createEventRoutes } from './ingress/events.ts';
import { createIntake } from './ingress/intake.ts';
import { createTrust } from './ingress/trust.ts';
import { JournalUnavailable } from './journal/journal.ts';
import { limits as defaultLimits, type Limits } from './limits.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createWatchOutboxes } from './outbox/watch-outboxes.ts';
import { createWatchListed } from './pods/never-asked.ts';
import { createPodsRoute } from './pods/pods-route.ts';
import { createPods, type PodNews } from './pods/registry.ts';
import { createWaysToCall } from './pods/ways-to-call.ts';
import { createAloneOnce } from './pods/without-bridge.ts';
import { createLanes } from './push/lanes.ts';
import { createReach } from './push/reach.ts';
import { createSecondLook } from './push/second-look.ts';
import { createSettledQuestions } from './push/settled-questions.ts';
import { createReports } from './report/reports.ts';
import { createShareReports } from './report/share-reports.ts';
import { createTakeOver } from './report/take-over.ts';
import { createSecretSource } from './secrets/secret-source.ts';
import { listen, type RunningServer } from './server.ts';
import { createStorage } from './storage.ts';
import { createVisits } from './visits/visits.ts';

export type BridgeOptions = {
  log?: Log;
  limits?: Limits;
  /** One attempt at one pod. */
  pushDeadlineMs?: number;
  now?: () => number;
  /** A clock that nobody sets. */
  monotonicMs?: () => number;
};

export type Bridge = {
  app: Hono<Edge>;
  /** Listens, and once its journal can be asked takes up what was accepted before. Resolves with the port then. */
  start(): Promise<number>;
  /** Not ready from now on; resolves when what was in flight is done and the journal is closed. */
  stop(): Promise<void>;
};

/**
 * Wires one bridge. Opens its journal, unless that takes long; listens only once started.
 * @throws what is wrong with the journal's place, or that another bridge has it
 */
export function createBridge(
  config: Config,
  {
    log = createLog(config.logLevel),
    limits = defaultLimits,
    pushDeadlineMs: deadlineMs = fanOutLimits.pushDeadlineMs,
    now = Date.now,
    monotonicMs = () => performance.now(),
  }: BridgeOptions = {},
): Bridge {
  const { services, ranges } = config;
  let stopping = false;
  let server: RunningServer | undefined;

  const secretOptions = { log, checkMs: limits.secretCheckMs, now };
  const senderSecrets = createSecretSource(config.secret, { parse: parseSecrets, ...secretOptions });
  const podSecrets = createSecretSource(config.podSecret, { parse: parseSecrets, ...secretOptions });
  const plainSecret =
    config.plainSecret &&
    createSecretSource(config.plainSecret, { parse: parsePlainSecret, ...secretOptions });

  const discovery = discoveryOf(config);
  const storage = createStorage(config.journal, {
    log,
    limits,
    now,
    heardElsewhere,
    makesAtOnce: config.makesAtOnce,
    makeMs: limits.makeWaitMs + deadlineMs,
  });
  const { journal, exchange, shared } = storage;
  const waysToCall = createWaysToCall(services, ranges);
  const aloneOnce = createAloneOnce({ limits, monotonicMs });
  const pods = createPods({ limits, now: storage.now, monotonicMs, waysToCall });
  const metrics = createMetrics({
    openEvents: () => reports.count(),
    livePods: () => pods.all().filter(({ live }) => live).length,
    podsNeverAsked: () => pods.neverAsked().length,
    podsKeeping: () => pods.all().filter(({ live, keeps }) => live && keeps).length,
  });

  const sharing = shared ? createShareReports({ journal, limits }) : null;
  const reports = createReports({
    journal,
    sharing,
    log,
    metrics,
    limits,
    now: storage.now,
    nameAt: pods.nameAt,
  });
  const answers = createAnswerTrust();
  const turns = createTurns();
  const settledQuestions = createSettledQuestions({
    journal,
    secrets: podSecrets,
    answers,
    turns,
    deadlineMs,
    log,
    limits,
    now: storage.now,
    heard,
  });
  const visits = createVisits({
    atOnce: config.makesAtOnce,
    places: storage.places,
    secrets: podSecrets,
    answers,
    turns,
    deadlineMs,
    log,
    limits,
    now: storage.now,
    changed: reports.changed,
  });
  const lanes = createLanes({
    journal,
    pods,
    secrets: podSecrets,
    plainSecret,
    answers,
    slots: createSlots(fanOutLimits.pushesAtOnce),
    turns,
    deadlineMs,
    metrics,
    log,
    limits,
    now: storage.now,
    settledQuestions,
    visits,
    heard,
    changed: reports.changed,
  });
  const secondLook = createSecondLook({ discovery, pods, lanes, journal, log, limits, now: storage.now });
  const reach = createReach({ discovery, pods, lanes, secondLook, reports, log, limits, now: storage.now });
  const watchListed = createWatchListed({ discovery, pods, log, limits });
  const takeOver = createTakeOver({
    followers: storage.followers,
    journal,
    isFollowed: reports.isOpen,
    follow: reach.start,
    log,
    limits,
    now: storage.now,
  });

  const intake = createIntake({ journal, reach, metrics, now: storage.now });
  const outboxes = createWatchOutboxes({
    sites: config.wordpress,
    everyMs: config.outboxEveryMs ?? limits.outboxEveryMs,
    intake,
    secrets: senderSecrets,
    log,
    metrics,
    limits,
    now,
  });

  const fromSenders = createTrust({ secrets: senderSecrets, log, metrics, limits, now });
  const fromPods = createTrust({ secrets: podSecrets, log, metrics, limits, now });
  const isStopping = () => stopping;

  const app = createApp({
    fromSenders,
    fromPods,
    events: createEventRoutes({ intake, reports, stopping: isStopping }),
    pods: createPodsRoute({ services, discovery, exchange, pods, journal }),
    catchUp: createCatchUpRoute({
      seenIds: storage.seenIds,
      journal,
      log,
      metrics,
      limits,
      journalNow: storage.now,
      heard,
    }),
    health: createHealthRoutes({ journal, stopping: isStopping }),
    metrics,
    log,
    limits,
  });

  function heard(news: PodNews): boolean {
    exchange.tell(news);
    return heardElsewhere(news, 0);
  }

  /** True when a pod tells for the first time that it had no bridge. */
  function heardElsewhere(news: PodNews, ageMs: number): boolean {
    if (pods.heard(news, ageMs)) reports.heard(news);
    return aloneOnce.isNew(news);
  }

  /** A bridge whose journal is away starts all the same, and is not ready until it is back. */
  async function whereItStands() {
    try {
      const { epoch, head } = await journal.position();
      return { epoch, head };
    } catch (error) {
      if (error instanceof JournalUnavailable) return { waitingFor: error.message };
      throw error;
    }
  }

  async function takeUp() {
    await exchange.hear().catch(() => undefined);
    await takeOver.start();
    if (stopping) return;
    exchange.start();
    outboxes.start();
    watchListed.start();
    log.info(await whereItStands(), 'the journal');
  }

  async function stop() {
    if (stopping) return;
    stopping = true;
    log.info('stopping');
    const late = setTimeout(() => server?.cutOff(), limits.stopMs);
    reports.releaseAll();
    sharing?.stop();
    await Promise.all([
      server?.close(),
      outboxes.stop(),
      watchListed.stop(),
      takeOver.stop(),
      reach.stop(),
      lanes.stop(),
      settledQuestions.stop(),
      visits.stop(),
    ]);
    await reports.keepAll();
    await Promise.allSettled([exchange.stop(), storage.followers.leave()]);
    clearTimeout(late);
    await storage.close();
    log.info('stopped');
  }

  return {
    app,
    async start() {
      try {
        server = await listen(app, config.listen, limits);
        const { port } = server;
        log.info({ ...config.listen, port }, 'listening');
        await storage.open();
        if (!stopping) await takeUp();
        return port;
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
  };
}
