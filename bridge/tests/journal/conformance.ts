import { limits as messageLimits, type Report, type Target, targetKey } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Appended, Journal, NewEvent } from '../../src/journal/journal.ts';
import { missedSinceCursor } from '../../src/journal/missed.ts';
import { limits as defaultLimits, type Limits } from '../../src/limits.ts';

/** One journal's storage, in which a journal can be opened again after it was closed. */
export type JournalStorage = {
  open(options: { limits: Limits; now: () => number }): Promise<Journal>;
  remove(): Promise<void>;
};

/** What every journal has to do. */
export function journalConforms(name: string, makeStorage: () => Promise<JournalStorage>) {
  describe(`${name} as a journal`, () => {
    const limits = { ...defaultLimits, journalTargets: 10, eventsKept: 20, forgetEvery: 1 };
    let storage: JournalStorage;
    let journal: Journal;
    let nowMs = 1_700_000_000_000;

    beforeEach(async () => {
      nowMs = 1_700_000_000_000;
      storage = await makeStorage();
      journal = await storage.open({ limits, now: () => nowMs });
    });
    afterEach(async () => {
      await journal.close();
      await storage.remove();
    });

    const newEvent = (
      id: string,
      targets: Target[] = [{ tag: id }],
      bodyHash = `hash of ${id}`,
    ): NewEvent => ({
      id,
      bodyHash,
      change: 'post.updated',
      targets,
      acceptedAt: nowMs,
    });
    const accepted = async (...event: Parameters<typeof newEvent>) => {
      const appended = await journal.append(newEvent(...event));
      if (appended.kind !== 'accepted') throw new Error(appended.kind);
      return appended.event;
    };
    const since = async (seq: number) => inOrder((await journal.changedSince({ seq }, 100)).targets ?? []);
    const reopen = async () => {
      await journal.close();
      journal = await storage.open({ limits, now: () => nowMs });
    };

    it('begins empty, with an epoch of its own', async () => {
      const position = await journal.position();
      expect(position).toMatchObject({ head: 0, floor: 0, startedAt: nowMs });
      expect(position.epoch).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
      expect(await since(0)).toEqual([]);
    });

    it('gives each event the next sequence number', async () => {
      expect((await accepted('one')).seq).toBe(1);
      expect((await accepted('two')).seq).toBe(2);
      expect((await journal.position()).head).toBe(2);
    });

    it('gives events that come at once numbers without a gap', async () => {
      const ids = Array.from({ length: 50 }, (_, index) => `event-${index}`);
      const seqs = (await Promise.all(ids.map((id) => accepted(id, [{ tag: 'same' }])))).map(
        ({ seq }) => seq,
      );
      expect(seqs.toSorted((a, b) => a - b)).toEqual(ids.map((_, index) => index + 1));
    });

    it('answers the same id and body with what it has, and journals nothing', async () => {
      const first = await accepted('one');
      nowMs += 5_000;
      expect(await journal.append(newEvent('one'))).toEqual({ kind: 'duplicate', event: first });
      expect((await journal.position()).head).toBe(1);
    });

    it('takes one of two copies that come at once', async () => {
      const both = await Promise.all([journal.append(newEvent('one')), journal.append(newEvent('one'))]);
      expect(both.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'duplicate']);
    });

    it('refuses the same id with another body', async () => {
      await accepted('one');
      expect(await journal.append(newEvent('one', [{ tag: 'x' }], 'another hash'))).toEqual({
        kind: 'id-reused',
      });
      expect(await since(0)).toEqual([{ tag: 'one' }]);
    });

    it('keeps each target once, at its latest number', async () => {
      await accepted('one', [{ path: '/a' }, { path: '/b' }]);
      await accepted('two', [{ path: '/b' }, { path: '/b', scope: 'page' }]);
      expect(await since(0)).toEqual(
        inOrder([{ path: '/a' }, { path: '/b' }, { path: '/b', scope: 'page' }]),
      );
      expect(await since(1)).toEqual(inOrder([{ path: '/b' }, { path: '/b', scope: 'page' }]));
      expect(await since(2)).toEqual([]);
    });

    it('keeps every kind of target as it was', async () => {
      const targets: Target[] = [
        { path: '/caf%C3%A9 x' },
        { path: '/[slug]', scope: 'page' },
        { path: '/', scope: 'layout' },
        { tag: 'wp:post:1' },
        { topic: 'flags/dark-mode' },
        { path: '/caf%C3%A9 x', vanishes: true },
        { path: '/[slug]', scope: 'page', vanishes: true },
        { path: '/', scope: 'layout', vanishes: true },
        { tag: 'vanishes tag wp:post:1', vanishes: true },
      ];
      await accepted('one', targets);
      expect(await since(0)).toEqual(inOrder(targets));
    });

    it('keeps what vanished and what changed apart, each at its own latest number', async () => {
      const [plain, vanishing] = [{ tag: 'wp:post:1' }, { vanishes: true, tag: 'wp:post:1' }] as const;
      await accepted('changed', [plain]);
      await accepted('vanished', [vanishing]);
      await accepted('came back', [plain]);
      const both = { targets: [vanishing, plain], seqs: [2, 3] };
      expect(await journal.changedSince({ seq: 0 }, 100)).toMatchObject(both);
      await accepted('vanished again', [vanishing, vanishing]);
      await accepted('of both kinds', [plain, vanishing]);
      expect((await journal.changedSince({ seq: 0 }, 100)).seqs).toEqual([5, 5]);
      expect((await journal.event('vanished again'))?.targets).toEqual([vanishing]);
    });

    it('brings both to a pod that catches up, and what vanished since its cursor alone', async () => {
      const [plain, vanishing] = [{ path: '/a' }, { path: '/a', vanishes: true }] as const;
      await accepted('vanished', [vanishing]);
      await accepted('came back', [plain]);
      const { epoch } = await journal.position();
      expect(await missedSinceCursor(journal, { epoch, seq: 0 })).toMatchObject({
        upTo: 2,
        targets: [vanishing, plain],
      });
      expect(await missedSinceCursor(journal, { epoch, seq: 1 })).toMatchObject({
        upTo: 2,
        targets: [plain],
      });
    });

    describe('what vanishes alone', () => {
      const gone = (tag: string) => ({ tag, vanishes: true }) as const;
      const vanished = async (from: { seq: number } | { time: number }, most = 100) => {
        const { targets, seqs } = await journal.vanishedSince(from, most);
        return targets === null ? null : Object.fromEntries(seqs.map((seq, nth) => [seq, targets[nth]]));
      };

      it('is told from a number or a time on, each at its latest number, whatever changed beside and since', async () => {
        const start = nowMs;
        await accepted('one', [gone('a'), { tag: 'a' }, { path: '/vanishes' }, { topic: 'vanishes' }]);
        nowMs += 1_000;
        await accepted('two', [gone('b')]);
        nowMs += 1_000;
        await accepted('three', [gone('a'), { tag: 'b' }, { tag: 'vanishes b' }]);
        for (const from of [{ seq: 0 }, { time: start }])
          expect(await vanished(from)).toEqual({ 2: gone('b'), 3: gone('a') });
        for (const from of [{ seq: 2 }, { time: nowMs }])
          expect(await vanished(from)).toEqual({ 3: gone('a') });
        expect(await vanished({ seq: 3 })).toEqual({});
        expect(await journal.vanishedSince({ seq: 0 }, 100)).toMatchObject({ position: { head: 3 } });
      });

      it('is not told where it is more than was asked for', async () => {
        await accepted('one', [gone('a'), gone('b'), { tag: 'c' }]);
        expect(Object.keys((await vanished({ seq: 0 }, 2)) ?? {})).toHaveLength(1);
        expect(await vanished({ seq: 0 }, 1)).toBeNull();
      });

      it('is found among many that do not, and among many of one event', async () => {
        await journal.close();
        journal = await storage.open({
          limits: { ...limits, journalTargets: 100, vanishingPage: 3 },
          now: () => nowMs,
        });
        const of = (event: string) => ['a', 'b', 'c', 'd', 'e'].map((tag) => ({ tag: event + tag }));
        await accepted('one', [...of('one'), gone('1')]);
        await accepted('two', [gone('2'), ...of('two')]);
        await accepted('three', of('three'));
        await accepted('four', [gone('1'), gone('4')]);
        const { targets } = await journal.vanishedSince({ seq: 0 }, 100);
        expect(inOrder(targets ?? [])).toEqual([gone('1'), gone('2'), gone('4')]);
      });

      it('goes with the oldest targets, and not before: the floor tells', async () => {
        await accepted('first', [gone('a')]);
        for (let nth = 1; nth <= 9; nth += 1) await accepted(`event-${nth}`);
        expect(await vanished({ seq: 0 })).toEqual({ 1: gone('a') });
        await accepted('one more');
        const { position } = await journal.vanishedSince({ seq: 0 }, 100);
        expect(position.floor).toBe(1);
        expect(await vanished({ seq: position.floor })).toEqual({});
      });

      it('is of no use to a new epoch', async () => {
        await accepted('one', [gone('a')]);
        nowMs += limits.leaseMs;
        const { head } = await journal.startNewEpoch((await journal.position()).epoch);
        expect(await vanished({ seq: head })).toEqual({});
      });
    });

    it('tells targets by time, the given moment included', async () => {
      await accepted('one');
      nowMs += 1_000;
      await accepted('two');
      expect((await journal.changedSince({ time: nowMs }, 100)).targets).toEqual([{ tag: 'two' }]);
      expect((await journal.changedSince({ time: nowMs - 1_000 }, 100)).targets).toHaveLength(2);
    });

    it('tells targets in the order of their latest change, with its number, from a number or a time on', async () => {
      const start = nowMs;
      for (const [id, tag] of Object.entries({ one: 'b', two: 'a', three: 'c', four: 'b' })) {
        nowMs += 1_000;
        await accepted(id, [{ tag }]);
      }
      const inTurn = { targets: [{ tag: 'a' }, { tag: 'c' }, { tag: 'b' }], seqs: [2, 3, 4] };
      for (const from of [{ seq: 0 }, { time: start }]) {
        expect(await journal.changedSince(from, 100)).toMatchObject(inTurn);
      }
    });

    it('tells them in that order, too, where a clock was set back', async () => {
      await accepted('one');
      nowMs -= 500;
      await accepted('two');
      const both = { targets: [{ tag: 'one' }, { tag: 'two' }], seqs: [1, 2] };
      expect(await journal.changedSince({ time: nowMs }, 100)).toMatchObject(both);
    });

    it('says so when there are more targets than were asked for', async () => {
      await accepted('one', [{ tag: 'a' }, { tag: 'b' }, { tag: 'c' }]);
      expect((await journal.changedSince({ seq: 0 }, 3)).targets).toHaveLength(3);
      expect((await journal.changedSince({ seq: 0 }, 2)).targets).toBeNull();
    });

    it('tells position and targets of one moment', async () => {
      const [, changes] = await Promise.all([accepted('one'), journal.changedSince({ seq: 0 }, 100)]);
      expect(changes.targets).toHaveLength(changes.position.head);
    });

    it('raises its floor when it has more targets than it keeps', async () => {
      for (let nth = 1; nth <= 12; nth += 1) {
        nowMs += 1_000;
        await accepted(`event-${nth}`);
      }
      const { floor, floorAt, head } = await journal.position();
      expect({ floor, head }).toEqual({ floor: 2, head: 12 });
      expect(floorAt).toBe(nowMs - 10_000);
      expect(await since(floor)).toHaveLength(10);
    });

    it('does not grow with changes of the same targets', async () => {
      for (let nth = 1; nth <= 30; nth += 1) await accepted(`event-${nth}`, [{ tag: 'same' }]);
      expect((await journal.position()).floor).toBe(0);
      expect(await since(0)).toEqual([{ tag: 'same' }]);
    });

    it('forgets the oldest events, and not their targets', async () => {
      for (let nth = 1; nth <= 25; nth += 1) await accepted(`event-${nth}`, [{ tag: `tag-${nth % 5}` }]);
      expect(await journal.event('event-1')).toBeNull();
      expect(await journal.event('event-25')).not.toBeNull();
      expect(await since(0)).toHaveLength(5);
    });

    it('keeps the newest events, also those of before it was closed and opened', async () => {
      for (let nth = 1; nth <= 10; nth += 1) await accepted(`event-${nth}`);
      await reopen();
      for (let nth = 11; nth <= 15; nth += 1) await accepted(`event-${nth}`);
      expect((await journal.event('event-1'))?.id).toBe('event-1');
    });

    it('keeps the latest report, and none after the final one', async () => {
      const event = await accepted('one');
      await journal.keepReport(reportOf(event.id, { final: false }));
      expect((await journal.event('one'))?.report?.final).toBe(false);
      await journal.keepReport(reportOf(event.id, { final: true }));
      await journal.keepReport(reportOf(event.id, { final: false }));
      expect((await journal.event('one'))?.report).toEqual(reportOf(event.id, { final: true }));
      expect(await journal.append(newEvent('one'))).toMatchObject({
        kind: 'duplicate',
        event: { report: { final: true } },
      });
    });

    it('finds the events that are not final', async () => {
      await accepted('old');
      nowMs += 60_000;
      await accepted('done');
      await accepted('open');
      await journal.keepReport(reportOf('done', { final: true }));
      expect((await journal.unfinished(nowMs - 1_000)).map(({ id }) => id)).toEqual(['open']);
    });

    describe('what visits for an event are told', () => {
      const about = {
        site: 'https://example.org',
        evidence: {
          words: 6,
          runs: ['0123456789abcdef', 'fedcba9876543210'],
          version: { post: '42', modified: '2026-01-02T03:04:05Z' },
        },
      };
      const told = (id: string) => journal.append({ ...newEvent(id), about });

      it('is kept as it was, also over closing and opening, and apart from the event', async () => {
        expect(await told('one')).toEqual({ kind: 'accepted', event: await journal.event('one') });
        expect(await journal.about('one')).toEqual(about);
        await reopen();
        expect(await journal.about('one')).toEqual(about);
        const all = [await journal.event('one'), await told('one'), await journal.unfinished(0)];
        expect(JSON.stringify(all)).not.toContain('0123456789abcdef');
        expect(JSON.stringify(all)).not.toContain('example.org');
      });

      it('is gone with the final report, and not before', async () => {
        await told('one');
        await told('two');
        await journal.keepReport(reportOf('one', { final: false }));
        expect(await journal.about('one')).toEqual(about);
        await journal.keepReport(reportOf('one', { final: true }));
        expect(await journal.about('one')).toBeNull();
        expect(await journal.about('two')).toEqual(about);
      });

      it('does not come back with the same event', async () => {
        await told('one');
        await journal.keepReport(reportOf('one', { final: true }));
        expect(await told('one')).toMatchObject({ kind: 'duplicate' });
        expect(await journal.about('one')).toBeNull();
      });

      it('is no other event’s that came with the same id', async () => {
        await told('one');
        const other = {
          ...newEvent('one', [{ tag: 'x' }], 'another hash'),
          about: { site: 'https://other' },
        };
        expect(await journal.append(other)).toEqual({ kind: 'id-reused' });
        expect(await journal.about('one')).toEqual(about);
      });

      it('is nothing of an event that has none, or that nobody knows', async () => {
        await accepted('one');
        expect(await journal.about('one')).toBeNull();
        expect(await journal.about('nobody')).toBeNull();
      });

      it('is forgotten with the oldest events', async () => {
        for (let nth = 1; nth <= 25; nth += 1) await told(`event-${nth}`);
        expect(await journal.about('event-1')).toBeNull();
        expect(await journal.about('event-25')).toEqual(about);
      });
    });

    it('knows no event that it was not given', async () => {
      expect(await journal.event('nobody')).toBeNull();
    });

    it('has everything again after it was closed and opened', async () => {
      await accepted('one', [{ tag: 'a' }]);
      await accepted('two', [{ tag: 'b' }]);
      await journal.keepReport(reportOf('one', { final: true }));
      const before = await journal.position();
      await reopen();
      expect(await journal.position()).toEqual(before);
      expect(await since(1)).toEqual([{ tag: 'b' }]);
      expect((await journal.event('one'))?.report?.final).toBe(true);
      expect(await journal.append(newEvent('two', [{ tag: 'b' }]))).toMatchObject({ kind: 'duplicate' });
      expect((await accepted('three')).seq).toBeGreaterThan(before.head);
    });

    it('leaves out numbers, if any, that are above all it gave before', async () => {
      await accepted('one');
      const { head } = await journal.position();
      await reopen();
      const { seq } = await accepted('two');
      const { gaps } = await journal.position();
      expect(gaps).toEqual(seq === head + 1 ? [] : [{ before: head, after: seq - 1 }]);
    });

    it('says that it may be given events', async () => {
      expect(await journal.trouble()).toBeNull();
    });

    it('starts a new epoch above everything that was numbered before', async () => {
      await accepted('one');
      const before = await journal.position();
      nowMs += limits.leaseMs;
      const renewed = await journal.startNewEpoch(before.epoch);
      expect(renewed).toEqual(await journal.position());
      expect(renewed.head).toBeGreaterThan(before.head);
      expect(renewed).toMatchObject({ floor: renewed.head, startedAt: nowMs, floorAt: nowMs });
      expect(renewed.epoch).not.toBe(before.epoch);
      expect(await since(0)).toEqual([]);
      expect((await accepted('two')).seq).toBe(renewed.head + 1);
    });

    it('starts one new epoch, however many ask for it', async () => {
      await accepted('one');
      const { epoch } = await journal.position();
      nowMs += limits.leaseMs;
      const [first, second] = await Promise.all([journal.startNewEpoch(epoch), journal.startNewEpoch(epoch)]);
      const third = await journal.startNewEpoch(epoch);
      expect(new Set([first.epoch, second.epoch, third.epoch]).size).toBe(1);
      expect(third.epoch).not.toBe(epoch);
    });

    it('appends everything or nothing of what comes at once with a new epoch', async () => {
      const { epoch } = await journal.position();
      nowMs += limits.leaseMs;
      const results: [Appended, unknown] = await Promise.all([
        journal.append(newEvent('one')),
        journal.startNewEpoch(epoch),
      ]);
      expect(results[0].kind).toBe('accepted');
      const position = await journal.position();
      expect(position.epoch).not.toBe(epoch);
      expect(position.head).toBeGreaterThanOrEqual(1);
    });

    it.each([
      { claim: 'the next number', seq: 2 },
      { claim: 'the largest that a message may name', seq: messageLimits.seqMost },
      { claim: 'the largest that JavaScript counts exactly', seq: Number.MAX_SAFE_INTEGER },
    ])('A2 goes on from its own head, by one for each event, when a pod claims $claim', async ({ seq }) => {
      await accepted('one');
      const before = await journal.position();
      nowMs += limits.leaseMs;
      const missed = await missedSinceCursor(journal, { epoch: before.epoch, seq });
      expect(missed).toMatchObject({ everything: true, why: 'the journal has gone back' });
      expect(missed.upTo - before.head).toBeGreaterThanOrEqual(limits.gapLeast);
      expect(missed.upTo - before.head).toBeLessThanOrEqual(limits.gapMost);
      expect((await accepted('two')).seq).toBe(missed.upTo + 1);
      expect((await accepted('three')).seq).toBe(missed.upTo + 2);
      await reopen();
      const { seq: later } = await accepted('four');
      expect(later).toBeGreaterThan(missed.upTo + 2);
      expect(later).toBeLessThanOrEqual(missed.upTo + 3 + limits.gapMost);
    });

    it('A2 starts at most one new epoch in each lease, also when it was closed and opened', async () => {
      await accepted('one');
      const { epoch: first } = await journal.position();
      const claim = async () => {
        const { epoch, head } = await journal.position();
        return missedSinceCursor(journal, { epoch, seq: head + 1 });
      };
      nowMs += limits.leaseMs;
      const { epoch, upTo } = await claim();
      expect(epoch).not.toBe(first);

      const refused = { epoch, upTo, everything: true, why: 'claimed again within the lease' };
      expect(await claim()).toEqual(refused);
      nowMs += limits.leaseMs - 1;
      expect(await Promise.all([claim(), claim(), claim()])).toEqual([refused, refused, refused]);
      await reopen();
      expect(await claim()).toEqual(refused);
      expect(await missedSinceCursor(journal, { epoch, seq: upTo })).toEqual({ epoch, upTo, targets: [] });

      nowMs += 1;
      const [one, two] = await Promise.all([claim(), claim()]);
      expect(one.epoch).not.toBe(epoch);
      expect(two.epoch).toBe(one.epoch);
    });

    it('A2 judges a claim also where the clock was set back since the epoch began', async () => {
      await accepted('one');
      const { epoch, head } = await journal.position();
      nowMs -= limits.leaseMs;
      expect((await missedSinceCursor(journal, { epoch, seq: head + 1 })).epoch).not.toBe(epoch);
    });
  });
}

/** The targets of one event have no order. */
function inOrder(targets: readonly Target[]): Target[] {
  return targets.toSorted((a, b) => (targetKey(a) < targetKey(b) ? -1 : 1));
}

function reportOf(id: string, { final }: { final: boolean }): Report {
  return {
    id,
    state: 'accepted',
    final,
    seq: 1,
    acceptedAt: '2026-01-02T03:04:05.000Z',
    targets: [],
    discovery: [],
    pods: [],
    counts: {
      pods: 0,
      asked: 0,
      applied: 0,
      behind: 0,
      refused: 0,
      failed: 0,
      unreachable: 0,
      starting: 0,
      gone: 0,
      settled: 0,
    },
  };
}
