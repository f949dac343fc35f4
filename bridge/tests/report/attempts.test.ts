import { type Discovered, parseService, podAddress } from '@everypod/fan-out';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/journal/journal.ts';
import { createSqliteJournal } from '../../src/journal/sqlite.ts';
import { limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import type { PodNews } from '../../src/pods/registry.ts';
import { type Line, newLine } from '../../src/report/line.ts';
import { createLines } from '../../src/report/lines.ts';
import { type OpenEvent, openEvent } from '../../src/report/open-event.ts';
import { createReports } from '../../src/report/reports.ts';
import { afterThisTest } from '../harness.ts';

const service = parseService('http://nextjs-headless.myapp.svc:3000/siteapi/revalidate');
const addressOf = (nth: number) => podAddress(service, `10.0.${nth >> 8}.${nth & 255}`);
const discovered = (count: number): Discovered => ({
  addresses: Array.from({ length: count }, (_, nth) => addressOf(nth)),
  lines: [],
  unanswered: [],
});
const epoch = 'epoch-one';
const stored: StoredEvent = {
  id: 'one',
  seq: 7,
  bodyHash: 'x',
  change: 'post.updated',
  targets: [{ path: '/hello' }],
  acceptedAt: 1_700_000_000_000,
  report: null,
};
const open = () =>
  openEvent({ event: stored, budgetMs: 60_000, now: () => stored.acceptedAt, nameAt: () => undefined });

const refused = {
  state: 'unreachable',
  reason: 'Nothing listens.',
  notListening: true,
  retry: true,
} as const;
const cursor = { epoch, seq: 7 };

type Doing = { pod: number; kind: number };

/** One of all that can come to one pod's line. */
function happen(event: OpenEvent, { pod, kind }: Doing, pods: number) {
  const { key, ip } = addressOf(pod);
  const identity = { ip, name: `pod-${pod}`, instance: `instance-${pod}-${kind === 7 ? 'b' : 'a'}` };
  const answer = { ok: true as const, pod: { ...identity, builtAt: null }, cursor, settled: null };
  const gap = { ...answer, cursor: { epoch, seq: 3 } };
  const news = {
    pod: identity,
    cursor,
    settled: null,
    builtAt: null,
    epoch,
    by: 'catch-up',
  } satisfies PodNews;
  const without = {
    ...discovered(pods),
    addresses: discovered(pods).addresses.filter((_, nth) => nth !== pod),
  };
  const all: Array<() => unknown> = [
    () => event.attempted(key, refused, epoch, false),
    () => event.attempted(key, { state: 'applied', retry: false, answer }, epoch, false),
    () => event.attempted(key, { state: 'behind', reason: 'A gap.', retry: false, answer: gap }, epoch, true),
    () => event.attempted(key, { state: 'refused', reason: 'No.', retry: false }, epoch, false),
    () => event.heard(news),
    () => event.heard({ ...news, settled: cursor }),
    () => event.looked(without, []),
    () => event.heard({ ...news, cursor: null }),
    () => event.looked(discovered(pods), []),
  ];
  all[kind % all.length]?.();
}

/** What the report's own lines say, walked one by one. */
function walked(event: OpenEvent) {
  const { pods } = event.report();
  const awaited = pods.filter(({ state }) => !['applied', 'gone', 'starting'].includes(state));
  const applied = pods.filter(({ state }) => state === 'applied');
  const isApplied = applied.length > 0 && awaited.length === 0;
  return {
    state: !isApplied ? 'accepted' : applied.every(({ settledAt }) => settledAt) ? 'settled' : 'applied',
    isComplete: applied.length === pods.length,
    answeredOnce: pods.every(({ state }) => state !== 'asked'),
  };
}

/** The same numbers at each run. */
function createDice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

describe('A10 what an open event counts is what its lines say', () => {
  it.each(Array.from({ length: 20 }, (_, nth) => ({ seed: nth + 1 })))(
    'after anything, seed $seed',
    ({ seed }) => {
      const dice = createDice(seed);
      const event = open();
      const pods = 1 + dice(4);
      event.looked(discovered(pods), []);
      for (let step = 0; step < 200 && !event.isFinal(); step += 1) {
        happen(event, { pod: dice(pods), kind: dice(9) }, pods);
        const said = {
          state: event.state(),
          isComplete: event.isComplete(),
          answeredOnce: event.answeredOnce(),
        };
        if (!event.isFinal()) expect(said).toEqual(walked(event));
      }
    },
  );

  it('also of a pod with two addresses, which is one', () => {
    const event = open();
    event.looked(discovered(3), []);
    const pod = { ip: '10.0.0.0', name: 'pod', instance: 'instance-a', builtAt: null };
    const answer = { ok: true as const, pod, cursor, settled: null };
    const behind = { ...answer, cursor: null };
    event.attempted(addressOf(1).key, { state: 'behind', retry: false, answer: behind }, epoch, false);
    event.attempted(
      addressOf(2).key,
      { state: 'applied', retry: false, answer: { ...answer, pod: { ...pod, instance: 'instance-b' } } },
      epoch,
      false,
    );
    event.attempted(addressOf(0).key, refused, epoch, false);
    expect(event.state()).toBe('accepted');
    event.attempted(addressOf(0).key, { state: 'applied', retry: false, answer }, epoch, false);
    expect([event.state(), event.isComplete(), event.answeredOnce()]).toEqual(['applied', false, true]);
  });
});

it.each(Array.from({ length: 20 }, (_, nth) => ({ seed: nth + 1 })))(
  'A10 lines of which several are one pod are counted right, seed $seed',
  ({ seed }) => {
    const dice = createDice(seed);
    const lines = createLines();
    const states = ['asked', 'applied', 'behind', 'starting', 'gone', 'failed'] as const;
    for (let step = 0; step < 300; step += 1) {
      const address = addressOf(dice(5));
      const line = lines.get(address.key);
      const doing = dice(5);
      if (!line || doing === 0)
        lines.set(
          address.key,
          newLine({ address, knownAs: undefined, inDns: true, leftService: false, neverAsked: false, at: 0 }),
        );
      else if (doing === 1) lines.name(line, { name: 'pod', instance: `instance-${dice(3)}` });
      else
        lines.change(line, (changing) => {
          changing.state = states[dice(states.length)] ?? 'asked';
          changing.settledAt = dice(2) === 0 ? undefined : step;
        });
      const all = lines.all();
      const speaksFor = ({ instance }: Line) =>
        instance !== '' && all.some((other) => other.instance === instance && other.state === 'applied');
      const awaited = all.filter(
        (one) => !['applied', 'starting', 'gone'].includes(one.state) && !speaksFor(one),
      );
      expect(lines.awaited()).toBe(awaited.length);
      expect(lines.unsettled()).toBe(
        all.filter(({ state, settledAt }) => state === 'applied' && settledAt === undefined).length,
      );
      for (const state of states)
        expect(lines.countOf(state)).toBe(all.filter((one) => one.state === state).length);
    }
  },
);

it('A10 an attempt costs no more with thousands of pods than with hundreds', async () => {
  const log = createLog('silent');
  const journal = createSqliteJournal({ path: ':memory:', log, limits });
  afterThisTest(() => journal.close());
  const metrics = createMetrics({ openEvents: () => 0, livePods: () => 0 });
  const seen = { journal, sharing: null, log, metrics, limits, nameAt: () => undefined };

  /** Microseconds of one attempt, the best of several rounds. */
  function cost(pods: number): number {
    const reports = createReports({ ...seen, now: () => stored.acceptedAt });
    const event = reports.open({ ...stored, id: `of-${pods}` });
    event.looked(discovered(pods), []);
    const rounds = Array.from({ length: 8 }, (_, round) => {
      const start = performance.now();
      for (let nth = 0; nth < 250; nth += 1) {
        event.attempted(addressOf((round * 250 + nth) % pods).key, refused, epoch, false);
        reports.changed(event);
      }
      return (1_000 * (performance.now() - start)) / 250;
    });
    return Math.min(...rounds);
  }

  cost(250);
  expect(cost(8_000)).toBeLessThan(6 * cost(250));
});
