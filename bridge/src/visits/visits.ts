import type { AnswerTrust, VisitLine } from '@everypod/contract';
import { askMake, type PodAddress, type Turns } from '@everypod/fan-out';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { OpenEvent } from '../report/open-event.ts';
import { leftOver } from '../report/visits-of-line.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import type { Places, WantedFor } from './places.ts';

/**
 * Has pods make anew what events are about. Only a few such visits are under way over all pods, events and bridges that share
 * their places, since each of them has WordPress answer; the subjects' own pages come first, and a path that waits is made once for all events that want it.
 */
export type Visits = {
  /** The pod has applied this event, and takes grants. `pages`: which of its own the event's tags lead to. */
  want(address: PodAddress, event: OpenEvent, found: { epoch: string; pages: readonly string[] }): void;
  /** For how long yet a visit for an event may be granted; 0 where none is. */
  mayComeMs(event: OpenEvent): number;
  /** Calls off what is open. */
  stop(): Promise<void>;
};

type Options = {
  /** None where it is 0. */
  atOnce: number;
  places: Places;
  secrets: SecretSource;
  answers: AnswerTrust;
  turns: Turns;
  /** Beside the time that a pod may take. */
  deadlineMs: number;
  log: Log;
  limits: Limits;
  now: () => number;
  changed: (event: OpenEvent) => void;
};

/** One path on one pod, and for which events. `from`: not sooner, by a clock that nobody sets. */
type Wanted = {
  readonly key: string;
  readonly address: PodAddress;
  readonly path: string;
  readonly events: Set<OpenEvent>;
  epoch: string;
  from: number;
};

export function createVisits(options: Options): Visits {
  const { atOnce, places, secrets, answers, turns, deadlineMs, log, limits, now, changed } = options;
  const own = new Map<string, Wanted>();
  const others = new Map<string, Wanted>();
  /** The same by event: of many pods and events so much waits that nobody could look through all of it again and again. */
  const waiting = new Map<OpenEvent, Set<Wanted>>();
  const running = new Set<Promise<void>>();
  const over = new AbortController();
  /** Visits that have a place, or ask for one; and of these the latter. */
  let underWay = 0;
  let asking = 0;
  /** Of those that may be under way here, as many as WordPress answers quickly beside its editors. */
  let allowed = atOnce;
  let sweeping: NodeJS.Timeout | undefined;

  function grantNext() {
    while (underWay < allowed && asking < own.size + others.size && !over.signal.aborted) {
      const wanted = dueNow();
      if (wanted === null) return;
      const visit = grantOne(wanted)
        .catch((error: unknown) => log.error({ err: error }, 'a visit broke off'))
        .finally(() => running.delete(visit));
      running.add(visit);
    }
  }

  function dueNow(): WantedFor | null {
    if (own.size > asking) return 'own page';
    const [next] = others.values();
    return next && next.from <= performance.now() ? 'other page' : null;
  }

  /** Where there is no place now, the next sweep asks again. Which page it is for is seen when it is there. */
  async function grantOne(wanted: WantedFor) {
    underWay += 1;
    asking += 1;
    const place = await places.take(wanted);
    asking -= 1;
    const next = place && !over.signal.aborted ? (take(own) ?? take(others)) : undefined;
    try {
      if (next) await grant(next);
    } finally {
      underWay -= 1;
      const givenBack = place?.giveBack();
      if (next) grantNext();
      await givenBack;
    }
  }

  function take(queue: Map<string, Wanted>): Wanted | undefined {
    for (const [key, wanted] of queue) {
      if (wanted.from > performance.now()) return undefined;
      queue.delete(key);
      for (const event of wanted.events) {
        waitsNoMore(event, wanted);
        if (event.isFinal()) wanted.events.delete(event);
      }
      if (wanted.events.size > 0) return wanted;
    }
    return undefined;
  }

  function waits(event: OpenEvent, wanted: Wanted) {
    const all = waiting.get(event) ?? new Set();
    waiting.set(event, all.add(wanted));
    wanted.events.add(event);
  }

  function waitsNoMore(event: OpenEvent, wanted: Wanted) {
    const all = waiting.get(event);
    if (all?.delete(wanted) && all.size === 0) waiting.delete(event);
  }

  async function grant({ address, path, epoch, events }: Wanted) {
    // Whatever is made after the newest of them holds the others, too.
    const newest = [...events].reduce((one, other) => (other.seq > one.seq ? other : one));
    const { site, evidence } = newest.about;
    const startedAt = performance.now();
    const answer = await askMake({
      address,
      question: {
        epoch,
        upTo: newest.seq,
        event: { id: newest.id, ...(site && { site }), ...(evidence && { evidence }) },
        path,
        waitMs: limits.makeWaitMs,
      },
      secrets: secrets.current(),
      answers,
      turns,
      deadlineMs,
      signal: over.signal,
      now,
    });
    const isSlow = performance.now() - startedAt > limits.makeSlowMs;
    allowed = isSlow ? Math.max(1, Math.floor(allowed / 2)) : Math.min(atOnce, allowed + 1);
    const line = answer?.visit ?? silent(path);
    log.debug({ ip: address.ip, path, result: line.result, ms: newest.sinceAcceptedMs() }, 'visit');
    for (const event of events) {
      event.visited(address.key, event === newest ? line : ofAnother(line));
      changed(event);
    }
  }

  /** Grants what may be granted now. What has waited for too long is left to visitors: it was invalidated, so the next makes it. */
  function look() {
    for (const [event, all] of waiting) {
      if (event.sinceAcceptedMs() < limits.grantWithinMs && !event.isFinal()) continue;
      waiting.delete(event);
      for (const { key, address, path, events } of all) {
        event.visited(address.key, leftOver(path));
        if (events.delete(event) && events.size === 0 && !own.delete(key)) others.delete(key);
      }
      changed(event);
    }
    sweeping = undefined;
    grantNext();
    sweepLater();
  }

  function sweepLater() {
    if (over.signal.aborted || own.size + others.size === 0) return;
    sweeping ??= setTimeout(look, limits.grantSweepMs).unref();
  }

  return {
    want(address, event, { epoch, pages }) {
      if (atOnce === 0 || over.signal.aborted) return;
      let isLeft = false;
      for (const [index, path] of event.toVisit(address.key, pages).entries()) {
        const key = `${address.key} ${path}`;
        const isOwn = index === 0;
        const there = own.get(key) ?? others.get(key);
        // Behind so many its turn would not come in time.
        if (!there && !isOwn && others.size >= atOnce * limits.otherPagesWaiting) {
          event.visited(address.key, leftOver(path));
          isLeft = true;
          continue;
        }
        const wanted = there ?? { key, address, path, events: new Set(), epoch, from: 0 };
        waits(event, wanted);
        if (there?.epoch === epoch && (!isOwn || own.has(key))) continue;
        // One that waited as a page beside others may be the next event's own.
        own.delete(key);
        others.delete(key);
        wanted.epoch = epoch;
        wanted.from = performance.now() + (isOwn ? 0 : limits.otherPagesAfterMs);
        (isOwn ? own : others).set(key, wanted);
      }
      if (isLeft) changed(event);
      grantNext();
      sweepLater();
    },
    mayComeMs(event) {
      return atOnce === 0 ? 0 : Math.max(0, limits.grantWithinMs - event.sinceAcceptedMs());
    },
    async stop() {
      over.abort();
      clearTimeout(sweeping);
      await Promise.all(running);
    },
  };
}

/** What is seen of a page that was made, or is older in it, is so of the event whose evidence it was. */
function ofAnother(line: VisitLine): VisitLine {
  if (line.result !== 'seen' && line.result !== 'made') return line;
  const { reason: _, ...made } = line;
  return { ...made, result: 'made' };
}

function silent(path: string): VisitLine {
  return {
    path,
    result: 'left',
    tries: 0,
    reason: 'The pod did not tell what came of the visit. Its log may.',
  };
}
