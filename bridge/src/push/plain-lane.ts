import { type Attempt, plainOnce, plainSlugs, untilAnswered } from '@everypod/fan-out';
import type { OpenEvent } from '../report/open-event.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import { logFanOutTo } from './fan-out-lines.ts';
import type { Lane, LaneOptions } from './lane.ts';
import { createPause } from './pause.ts';

export type PlainLaneOptions = Pick<
  LaneOptions,
  'address' | 'slots' | 'turns' | 'deadlineMs' | 'metrics' | 'log' | 'now' | 'changed'
> & { secret: SecretSource<string> };

/** What a pod has still to be told of one event. */
type Untold = {
  slugs: Set<string>;
  /** What it can't be told. */
  leftOut: string | undefined;
  /** What it said to a slug that it won't take. */
  refused: Attempt | undefined;
};

/**
 * Everything that one plain pod is to be told, one call at a time. It has no cursor, so what it was told of each event is
 * known here and nowhere else, and what it was not told in the event's time is left: nothing catches up for it.
 */
export function createPlainLane(options: PlainLaneOptions): Lane {
  const { address, secret, slots, turns, deadlineMs, metrics, log, now, changed } = options;
  const { key } = address;
  const waiting = new Map<OpenEvent, Untold>();
  let carried = new Map<OpenEvent, Untold>();
  /** Why a slug was not told in the attempt that is under way. */
  let failures = new Map<string, Attempt>();
  let stopped = false;
  let running: Promise<void> | null = null;
  const pause = createPause();

  const lastBudgetEndsAt = () =>
    stopped ? 0 : Math.max(0, ...[...waiting.keys()].map((event) => event.budgetEndsAt));

  async function run() {
    while (waiting.size > 0 && !stopped) {
      carried = new Map();
      await untilAnswered({
        address,
        next,
        once,
        attempted,
        budgetEndsAt: lastBudgetEndsAt,
        slots,
        turns,
        now,
        pause: waitForMore,
      });
      for (const [event, untold] of carried) if (waiting.get(event) === untold) waiting.delete(event);
    }
    running = null;
  }

  async function next(): Promise<Set<string> | null> {
    for (const [event, { slugs, leftOut, refused }] of waiting) {
      if (!event.wants(key) || event.budgetEndsAt <= now()) waiting.delete(event);
      else if (slugs.size === 0 && !refused) refuse(event, leftOut);
    }
    if (stopped || waiting.size === 0) return null;
    carried = new Map(waiting);
    return new Set([...carried.values()].flatMap(({ slugs }) => [...slugs]));
  }

  /** Nothing of it is anything that such a pod takes. */
  function refuse(event: OpenEvent, leftOut: string | undefined) {
    waiting.delete(event);
    const reason = leftOut ?? 'There was nothing to tell it.';
    event.attempted(key, { state: 'refused', reason, retry: false });
    changed(event);
  }

  /** Ends early where the next call would fail as well: nobody is there, or asks for patience. */
  async function once(slugs: Set<string>): Promise<Attempt> {
    failures = new Map();
    let worst: Attempt = { state: 'told', retry: false };
    for (const slug of slugs) {
      const [current = ''] = secret.current();
      const attempt = await plainOnce({ address, slug, secret: current, turns, deadlineMs, now });
      take(slug, attempt);
      if (attempt.state !== 'told' || worst.state === 'told') worst = worst.retry ? worst : attempt;
      if (attempt.retry && attempt.state !== 'failed') return attempt;
      if (stopped || lastBudgetEndsAt() <= now()) break;
    }
    return worst;
  }

  function take(slug: string, attempt: Attempt) {
    if (attempt.retry) {
      failures.set(slug, attempt);
      return;
    }
    for (const untold of carried.values()) {
      if (untold.slugs.delete(slug) && attempt.state !== 'told') untold.refused = attempt;
    }
  }

  function attempted(attempt: Attempt, _slugs: Set<string>, ms: number) {
    metrics.pushed(attempt.state);
    logFanOutTo(log, address, attempt, ms, carried.keys());
    for (const [event, untold] of carried) {
      // A pod that left and came back meanwhile is told anew.
      const came = waiting.get(event) === untold ? whatCameOf(untold, attempt) : undefined;
      if (!came) continue;
      if (!came.retry) waiting.delete(event);
      const reason = [came.reason, untold.leftOut].filter((part) => part !== undefined).join(' ');
      event.attempted(key, reason ? { ...came, reason } : came);
    }
    for (const event of carried.keys()) changed(event);
  }

  /** Undefined for an event whose turn had not come when this bridge stopped. */
  function whatCameOf({ slugs, refused }: Untold, attempt: Attempt): Attempt | undefined {
    if (slugs.size === 0) return refused ?? { state: 'told', retry: false };
    const own = [...slugs].map((slug) => failures.get(slug)).find((failure) => failure !== undefined);
    return own ?? (attempt.retry ? attempt : undefined);
  }

  async function waitForMore(ms: number, asked: boolean) {
    const news = [...waiting.keys()].some((event) => !carried.has(event));
    if (stopped || (news && !asked)) return;
    await pause.wait(ms, () => stopped || !asked);
  }

  function giveUp(error: unknown) {
    log.error({ ip: address.ip, err: error }, 'calls to a plain pod ended');
    waiting.clear();
    running = null;
  }

  return {
    add(event) {
      const { slugs, leftOut } = plainSlugs(event.targets);
      waiting.set(event, { slugs: new Set(slugs), leftOut, refused: undefined });
      pause.news();
      running ??= run().catch(giveUp);
    },
    busy: () => running !== null,
    stop() {
      stopped = true;
      pause.news();
    },
    async idle() {
      await running;
    },
  };
}
