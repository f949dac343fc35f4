import { parseService, podAddress } from '@everypod/fan-out';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { createSqliteJournal } from '../../src/journal/sqlite.ts';
import { limits as defaults, type Limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { type OpenEvent, openEvent } from '../../src/report/open-event.ts';
import { createReports } from '../../src/report/reports.ts';
import type { ShareReports } from '../../src/report/share-reports.ts';
import { afterThisTest } from '../harness.ts';

const service = parseService('http://nextjs-headless.myapp.svc:3000/siteapi/revalidate');
const addressOf = (nth: number) => podAddress(service, `10.0.0.${nth}`);
const tooMany = 'Too many events were under way. Pods catch up at their next probe.';

let journal: Journal;
let isFull = false;
const log = createLog('silent');

beforeEach(() => {
  isFull = false;
  journal = createSqliteJournal({ path: ':memory:', log, limits: defaults });
  afterThisTest(() => journal.close());
});

function start(limits: Partial<Limits>, sharing: ShareReports | null = null) {
  const reports = createReports({
    journal: {
      ...journal,
      keepReport: async (report) => {
        if (isFull) throw new Error('the disk is full');
        await journal.keepReport(report);
      },
    },
    sharing,
    log,
    metrics: createMetrics({ openEvents: () => 0, livePods: () => 0 }),
    limits: { ...defaults, keepReportAgainMs: 20, ...limits },
    now: Date.now,
    nameAt: () => undefined,
  });
  afterThisTest(() => reports.keepAll());

  async function open(id: string, pods: number): Promise<OpenEvent> {
    const appended = await journal.append({
      id,
      bodyHash: 'x',
      change: 'post.updated',
      targets: [{ tag: id }],
      acceptedAt: Date.now(),
    });
    if (appended.kind !== 'accepted') throw new Error(appended.kind);
    const event = reports.open(appended.event);
    const addresses = Array.from({ length: pods }, (_, nth) => addressOf(nth + 1));
    event.looked({ addresses, lines: [], unanswered: [] }, []);
    reports.changed(event);
    return event;
  }

  /** All pods of an event have settled it. */
  async function settle(event: OpenEvent, pods: number) {
    const { epoch } = await journal.position();
    const cursor = { epoch, seq: event.seq };
    for (let nth = 1; nth <= pods; nth += 1) {
      const { key, ip } = addressOf(nth);
      const pod = { ip, name: `pod-${nth}`, instance: `instance-${nth}`, builtAt: null };
      const answer = { ok: true as const, pod, cursor, settled: cursor };
      event.attempted(key, { state: 'applied', retry: false, answer }, epoch, false);
    }
    reports.changed(event);
  }

  const told = async (id: string) => {
    const report = await reports.find(id);
    return report && { state: report.state, final: report.final, reason: report.reason };
  };
  return { reports, open, settle, told };
}

const settled = { state: 'settled', final: true, reason: undefined };
const early = { state: 'accepted', final: true, reason: tooMany };
const underWay = { state: 'accepted', final: false, reason: undefined };

describe('more events under way than there is room for', () => {
  it.each([
    ['by their number', { openEvents: 2 }],
    ['by their pods', { openLines: 6 }],
  ])('end the oldest early: %s', async (_, limits) => {
    const { open, told, reports } = start(limits);
    for (const id of ['one', 'two', 'three']) await open(id, 3);
    expect([await told('one'), await told('two'), await told('three')]).toEqual([early, underWay, underWay]);
    expect(reports.count()).toBe(2);
  });

  it('do not touch an event that is final, whether or not its report could be kept', async () => {
    isFull = true;
    const { open, settle, told } = start({ openEvents: 2 });
    await settle(await open('final', 1), 1);
    for (const id of ['one', 'two', 'three']) await open(id, 1);
    expect([await told('final'), await told('one')]).toEqual([settled, early]);
    expect([await told('two'), await told('three')]).toEqual([underWay, underWay]);
  });

  it('leave one event under way, however many pods it has', async () => {
    const { open, told } = start({ openLines: 6 });
    await open('wide', 9);
    expect(await told('wide')).toEqual(underWay);
  });
});

describe('final reports that the journal cannot take', () => {
  it('are found all the same, and kept once it can', async () => {
    isFull = true;
    const { open, settle, told, reports } = start({});
    for (const id of ['one', 'two']) await settle(await open(id, 2), 2);
    expect([await told('one'), await told('two')]).toEqual([settled, settled]);
    expect((await journal.event('one'))?.report).toBeNull();
    expect([reports.count(), reports.isOpen('one')]).toEqual([0, true]);
    isFull = false;
    await vi.waitFor(async () => expect((await journal.event('two'))?.report?.final).toBe(true), 5_000);
    expect(await told('one')).toEqual(settled);
    await vi.waitFor(() => expect(reports.isOpen('one')).toBe(false), 5_000);
  });

  it('are given up, the oldest first, once they are too many, and the log says so', async () => {
    isFull = true;
    const warn = vi.spyOn(log, 'warn');
    afterThisTest(() => warn.mockRestore());
    const { open, settle, reports } = start({ unkeptLines: 6, keepReportAgainMs: 60_000 });
    for (const id of ['one', 'two', 'three']) await settle(await open(id, 2), 2);
    await vi.waitFor(() => expect(reports.isOpen('one')).toBe(false), 5_000);
    expect([reports.isOpen('two'), reports.isOpen('three')]).toEqual([true, true]);
    expect(warn.mock.calls).toContainEqual([{ id: 'one' }, expect.stringContaining('is given up')]);
  });
});

it('a pod that answered with a gap which no push could fill any more is behind, and says so', async () => {
  const { open, reports } = start({});
  const event = await open('one', 2);
  const { epoch } = await journal.position();
  const { key, ip } = addressOf(1);
  const pod = { ip, name: 'pod-1', instance: 'instance-1', builtAt: null };
  const answer = { ok: true as const, pod, cursor: null, settled: null };
  const gap = 'It has not caught up yet.';
  event.attempted(key, { state: 'behind', reason: gap, retry: false, answer }, epoch, true);
  expect(event.answeredOnce()).toBe(false);
  reports.finish(event);
  expect(event.report().pods).toMatchObject([
    { name: 'pod-1', state: 'behind', reason: gap },
    { state: 'unreachable', reason: expect.stringContaining('had not answered') },
  ]);
});

it('an event that is final stays as it is, whatever comes', async () => {
  const { open, settle, reports } = start({});
  const event = await open('one', 2);
  await settle(event, 2);
  const before = event.report();
  reports.finish(event);
  event.finish('The time is over.');
  expect(event.looked({ addresses: [addressOf(7)], lines: [], unanswered: [] }, [])).toEqual([]);
  expect(event.report()).toEqual(before);
  expect([event.lineCount(), event.wants(addressOf(1).key)]).toEqual([0, false]);
});

it('A8 what a second look finds of an event whose report could not be kept yet is shared with nobody', async () => {
  isFull = true;
  const shared: OpenEvent[] = [];
  const { open, settle, reports } = start({}, { changed: (event) => void shared.push(event), stop() {} });
  const event = await open('one', 1);
  await settle(event, 1);
  const before = shared.length;
  const stored = await journal.event('one');
  if (!stored) throw new Error('it was appended');
  const again = openEvent({ event: stored, budgetMs: 60_000, now: Date.now, nameAt: () => undefined });
  again.looked({ addresses: [addressOf(2)], lines: [], unanswered: [] }, []);
  reports.changed(again);
  expect(shared.length).toBe(before);
  expect(await reports.find('one')).toEqual(event.report());
});
