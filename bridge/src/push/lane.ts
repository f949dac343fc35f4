import {
  type AnswerTrust,
  type Cursor,
  limits as messageLimits,
  type Push,
  type Target,
  vanishes,
} from '@everypod/contract';
import { type Attempt, covers, type PodAddress, pushToPod, type Slots, type Turns } from '@everypod/fan-out';
import { type Journal, JournalUnavailable } from '../journal/journal.ts';
import { type Missed, missedSinceCursor } from '../journal/missed.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { PodNews, Pods } from '../pods/registry.ts';
import type { OpenEvent } from '../report/open-event.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import type { Visits } from '../visits/visits.ts';
import { logFanOutTo } from './fan-out-lines.ts';
import { newsIn } from './news.ts';
import { createPause } from './pause.ts';
import type { SettledQuestions } from './settled-questions.ts';

/** Everything that is to reach one pod, one push at a time, so that its cursor moves without gaps. */
export type Lane = {
  add(event: OpenEvent): void;
  busy(): boolean;
  /** Ends after the attempt that is under way. */
  stop(): void;
  idle(): Promise<void>;
};

export type LaneOptions = {
  address: PodAddress;
  journal: Journal;
  pods: Pods;
  secrets: SecretSource;
  answers: AnswerTrust;
  slots: Slots;
  turns: Turns;
  deadlineMs: number;
  metrics: Metrics;
  log: Log;
  limits: Limits;
  now: () => number;
  settledQuestions: SettledQuestions;
  visits: Visits;
  /** The ways to those pods that said in their last answer that they take grants of visits. */
  takeVisits: Set<string>;
  heard: (news: PodNews) => void;
  changed: (event: OpenEvent) => void;
};

export function createLane(options: LaneOptions): Lane {
  const {
    address,
    journal,
    pods,
    secrets,
    answers,
    slots,
    turns,
    deadlineMs,
    metrics,
    log,
    limits,
    now,
    settledQuestions,
    visits,
    takeVisits,
    heard,
    changed,
  } = options;
  const waiting = new Set<OpenEvent>();
  /** Events for which the pod's gap was filled, or is about to be. */
  const filled = new WeakSet<OpenEvent>();
  let carried = new Set<OpenEvent>();
  let fillGap = false;
  /** Where the pod said it is, in its last answer: it may know itself by another address than this one. */
  let told: Cursor | null = null;
  let stopped = false;
  let running: Promise<void> | null = null;
  const pauses = createPause();

  async function run() {
    while (waiting.size > 0 && !stopped) {
      carried = new Set();
      fillGap = false;
      do {
        await pushToPod({
          address,
          next,
          attempted,
          secrets: () => secrets.current(),
          answers,
          budgetEndsAt: () => (stopped ? 0 : Math.max(...[...waiting].map((event) => event.budgetEndsAt))),
          slots,
          turns,
          deadlineMs,
          now,
          pause,
        });
      } while (fillGap && !stopped);
      // What still is not applied is left to catch-up.
      for (const event of carried) waiting.delete(event);
    }
    running = null;
  }

  async function next(): Promise<Push | null> {
    for (const event of waiting) {
      if (!event.wants(address.key) || event.budgetEndsAt <= now()) waiting.delete(event);
    }
    const first = Math.min(...[...waiting].map(({ seq }) => seq));
    if (stopped || waiting.size === 0) {
      fillGap = false;
      return null;
    }
    carried = new Set(waiting);
    const push = await composeOnceReadable(first);
    return push && withEvent(push, first);
  }

  /** How long ago WordPress said what this is about, and for how long the pod may keep pages until they are visited. */
  function withEvent(push: Push, firstSeq: number): Push {
    const newest = [...carried].at(-1);
    if (!newest || push.everything || !takeVisits.has(address.key)) return push;
    // That is of one event, and of nothing that was accepted before.
    const isAlone = carried.size === 1 && push.after === firstSeq - 1;
    const keepMs = isAlone ? visits.mayComeMs(newest) : 0;
    const { site } = newest.about;
    const ageMs = Math.max(0, newest.sinceAcceptedMs());
    return { ...push, event: { id: newest.id, ...(site && { site }), ageMs, keepMs } };
  }

  /** A journal that can't be asked is waited for, for as long as an event that waits has time. */
  async function composeOnceReadable(firstSeq: number): Promise<Push | null> {
    while (!stopped && [...waiting].some(({ budgetEndsAt }) => budgetEndsAt > now())) {
      try {
        return await compose(firstSeq);
      } catch (error) {
        if (!(error instanceof JournalUnavailable)) throw error;
        await pause(limits.journalRetryMs, true);
      }
    }
    fillGap = false;
    return null;
  }

  /**
   * From where the pod is known to be; from just before the first event that waits when it isn't, or when its gap has more
   * than a slice: that is left to catch-up.
   */
  async function compose(firstSeq: number): Promise<Push> {
    const { epoch } = await journal.position();
    const known = fillGap ? told : pods.cursorAt(address.ip);
    const startOver = fillGap && known?.epoch !== epoch;
    const after = known?.epoch === epoch ? known.seq : firstSeq - 1;
    const missed = await missedSinceCursor(journal, { epoch, seq: after }, { inSlices: true });
    // Of what vanished before it was seen nobody knows.
    if (startOver || ('everything' in missed && known?.epoch !== epoch)) return everythingOf(missed);
    if ('everything' in missed) return everythingOf(missed, { after, vanishing: missed.vanishing });
    if (missed.more) return composeOwn(epoch, firstSeq);
    return pushOf(missed, after);
  }

  /** What the events that wait name, without the gap before them; a slice of that, over which no cursor moves, where it is more. */
  async function composeOwn(epoch: string, firstSeq: number): Promise<Push> {
    const own = await missedSinceCursor(journal, { epoch, seq: firstSeq - 1 }, { inSlices: true });
    if ('everything' in own) return everythingOf(own);
    for (const event of carried) filled.add(event);
    return pushOf(own, own.more ? own.upTo : firstSeq - 1);
  }

  function attempted(said: Attempt, push: Push, ms: number) {
    const attempt = withinPush(said, push);
    const { answer } = attempt;
    metrics.pushed(attempt.state);
    log.debug({ ip: address.ip, state: attempt.state, upTo: push.upTo, reason: attempt.reason }, 'push');
    logFanOutTo(log, address, attempt, ms, carried);
    const gap = [...carried].filter(({ seq }) => answer?.ok && !covers(answer.cursor, push.epoch, seq));
    fillGap = gap.some((event) => !filled.has(event));
    for (const event of carried) event.attempted(address.key, attempt, push.epoch, fillGap);
    for (const event of gap) filled.add(event);
    if (answer) {
      pods.answered(address);
      told = answer.cursor;
      heard(newsIn(answer, push.epoch));
    }
    if (answer?.visits) takeVisits.add(address.key);
    else takeVisits.delete(address.key);
    if (attempt.speaksSecond) for (const event of carried) askSettled(event, push.epoch);
    // Of several events in one push it isn't known which of them a page is about.
    const pages = carried.size === 1 ? (answer?.pages ?? []) : [];
    const found = { epoch: push.epoch, pages };
    if (answer?.visits) for (const event of carried) visits.want(address, event, found);
    for (const event of carried) changed(event);
  }

  function askSettled(event: OpenEvent, epoch: string) {
    if (event.awaitsSettled(address.key)) settledQuestions.want(address, event, epoch);
  }

  /** News ends a pause, unless the pod itself asked for it. */
  async function pause(ms: number, asked: boolean) {
    const news = [...waiting].some((event) => !carried.has(event));
    if (stopped || (news && !asked)) return;
    await pauses.wait(ms, () => stopped || !asked);
  }

  function giveUp(error: unknown) {
    log.error({ ip: address.ip, err: error }, 'pushes to a pod ended; it is left to catch-up');
    waiting.clear();
    running = null;
  }

  return {
    add(event) {
      waiting.add(event);
      pauses.news();
      running ??= run().catch(giveUp);
    },
    busy: () => running !== null,
    stop() {
      stopped = true;
      pauses.news();
    },
    async idle() {
      await running;
    },
  };
}

function pushOf({ epoch, upTo, targets }: Missed & { targets: Target[] }, after: number): Push {
  const push: Push = { epoch, after, upTo, targets };
  const bytes = Buffer.byteLength(JSON.stringify(push));
  return bytes > messageLimits.pushBodyBytes
    ? everythingOf(push, { after, vanishing: targets.filter(vanishes) })
    : push;
}

/** With what has vanished since a number, where that is known and fits. */
function everythingOf(
  { epoch, upTo }: { epoch: string; upTo: number },
  { after, vanishing }: { after: number; vanishing?: Target[] | undefined } = { after: 0 },
): Push {
  const push: Push = { epoch, after: 0, upTo, targets: [], everything: true };
  if (vanishing === undefined || vanishing.length > messageLimits.vanishingBesideEverything) return push;
  const named = { ...push, after, vanishing };
  return Buffer.byteLength(JSON.stringify(named)) > messageLimits.pushBodyBytes ? push : named;
}

/**
 * A pod that says it is beyond what it was sent may mean numbers of another life of the journal, which say nothing
 * about events of this one. Where it caught up meanwhile it has said so by asking.
 */
function withinPush(attempt: Attempt, { epoch, upTo }: Push): Attempt {
  const { answer } = attempt;
  if (answer?.cursor?.epoch !== epoch || answer.cursor.seq <= upTo) return attempt;
  return { ...attempt, answer: { ...answer, cursor: { epoch, seq: upTo }, settled: null } };
}
