import { type Discovered, type Discovery, parseService, podAddress } from '@everypod/fan-out';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Journal, StoredEvent } from '../../src/journal/journal.ts';
import { createSqliteJournal } from '../../src/journal/sqlite.ts';
import { limits as defaults } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createPods } from '../../src/pods/registry.ts';
import { createWaysToCall } from '../../src/pods/ways-to-call.ts';
import type { Lanes } from '../../src/push/lanes.ts';
import { createReach } from '../../src/push/reach.ts';
import { createSecondLook } from '../../src/push/second-look.ts';
import { createReports } from '../../src/report/reports.ts';
import { afterThisTest } from '../harness.ts';

const service = parseService('http://nextjs-headless.myapp.svc:3000/siteapi/revalidate');
const found: Discovered = { addresses: [podAddress(service, '10.0.0.1')], lines: [], unanswered: [] };
const limits = { ...defaults, eventBudgetMs: 400, lookAgainMs: 20, secondLookMs: 30 };
const log = createLog('silent');

let nowMs: number;
let discover: ReturnType<typeof vi.fn<Discovery['discover']>>;
let pushed: string[];
let journal: Journal;

beforeEach(() => {
  nowMs = 1_700_000_000_000;
  discover = vi.fn<Discovery['discover']>().mockResolvedValue(found);
  pushed = [];
  journal = createSqliteJournal({ path: ':memory:', log, limits });
  afterThisTest(() => journal.close());
});

/** A loop of the process that counts its turns, for as long as this test runs. */
function turnsOfTheLoop(): () => number {
  let turns = 0;
  let next = setImmediate(count);
  function count() {
    turns += 1;
    next = setImmediate(count);
  }
  afterThisTest(() => clearImmediate(next));
  return () => turns;
}

const everyLook = () => {
  const now = () => nowMs;
  const ranges = { sort: (ips: readonly string[]) => ({ allowed: [...ips], forbidden: [] }) };
  const waysToCall = createWaysToCall([service], ranges);
  const pods = createPods({ limits, now, monotonicMs: now, waysToCall });
  const lanes: Lanes = { push: (event, { ip }) => void pushed.push(`${event.id} ${ip}`), async stop() {} };
  return { discovery: { discover }, pods, lanes, journal, log, limits, now };
};

async function accepted(id: string): Promise<StoredEvent> {
  const appended = await journal.append({
    id,
    bodyHash: 'x',
    change: 'post.updated',
    targets: [{ tag: id }],
    acceptedAt: nowMs,
  });
  if (appended.kind !== 'accepted') throw new Error(appended.kind);
  return appended.event;
}

function startReach(looks: ReturnType<typeof everyLook>) {
  const metrics = createMetrics({ openEvents: () => 0, livePods: () => 0 });
  const reports = createReports({ ...looks, sharing: null, metrics, nameAt: () => undefined });
  const secondLook = { owe() {}, async stop() {} };
  const reach = createReach({ ...looks, reports, secondLook });
  afterThisTest(() => reach.stop());
  return { reach, reports };
}

it('A4 events that wait for one answer of DNS are each looked after in a turn of its own, so that whoever connects is taken', async () => {
  const answer = Promise.withResolvers<Discovered>();
  discover.mockReturnValue(answer.promise);
  const turn = turnsOfTheLoop();
  const turnOf = new Map<string, number>();
  const { reach } = startReach({
    ...everyLook(),
    lanes: {
      async stop() {},
      // As long as hundreds of pods take.
      push({ id }) {
        turnOf.set(id, turn());
        for (const end = performance.now() + 3; performance.now() < end; );
      },
    },
  });
  const ids = Array.from({ length: 20 }, (_, nth) => `event-${nth}`);
  for (const id of ids) reach.start(await accepted(id));
  answer.resolve(found);
  await vi.waitFor(() => expect([...turnOf.keys()]).toEqual(ids), 5_000);
  expect(new Set(turnOf.values()).size).toBe(ids.length);
});

describe('a look for pods that throws', () => {
  const start = () => startReach(everyLook());

  it('is taken again, and the event goes on', async () => {
    discover.mockRejectedValueOnce(new Error('no such thing'));
    const { reach, reports } = start();
    reach.start(await accepted('one'));
    await vi.waitFor(() => expect(pushed).toEqual(['one 10.0.0.1']), 5_000);
    expect(await reports.find('one')).toMatchObject({ state: 'accepted', final: false });
  });

  it('leaves the event accepted, with the reason, when its time is over before one goes well', async () => {
    discover.mockRejectedValue(new Error('no such thing'));
    const { reach, reports } = start();
    reach.start(await accepted('one'));
    await vi.waitFor(() => expect(discover.mock.calls.length).toBeGreaterThan(1), 5_000);
    expect(await reports.find('one')).toMatchObject({ final: false });
    nowMs += limits.eventBudgetMs;
    await vi.waitFor(async () => expect(await reports.find('one')).toMatchObject({ final: true }), 5_000);
    expect(await reports.find('one')).toMatchObject({
      state: 'accepted',
      reason: expect.stringContaining('could not look for pods'),
    });
  });
});

describe('the second look, while the clock is set', () => {
  const start = () => {
    const secondLook = createSecondLook(everyLook());
    afterThisTest(() => secondLook.stop());
    return secondLook;
  };

  it('back, comes no later than it was to come', async () => {
    const secondLook = start();
    const event = await accepted('one');
    nowMs -= 3_600_000;
    secondLook.owe(event);
    await vi.waitFor(() => expect(pushed).toEqual(['one 10.0.0.1']), 5_000);
  });

  it('forward, comes at once, and no timer is told to be early', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    afterThisTest(() => timers.mockRestore());
    const secondLook = start();
    secondLook.owe(await accepted('one'));
    secondLook.owe(await accepted('two'));
    nowMs += 3_600_000;
    await vi.waitFor(() => expect(pushed).toEqual(['one 10.0.0.1', 'two 10.0.0.1']), 5_000);
    expect(timers.mock.calls.filter(([, ms = 0]) => ms < 0)).toEqual([]);
  });
});

it('an event accepted before the clock was set back has no more time than others', async () => {
  const looks = everyLook();
  const metrics = createMetrics({ openEvents: () => 0, livePods: () => 0 });
  const reports = createReports({ ...looks, sharing: null, metrics, nameAt: () => undefined });
  const event = await accepted('one');
  nowMs -= 3_600_000;
  expect(reports.open(event).budgetEndsAt).toBe(nowMs + limits.eventBudgetMs);
});
