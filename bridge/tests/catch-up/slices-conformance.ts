import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CatchUpAnswer,
  type Cursor,
  type PodIdentity,
  type Target,
  targetKey,
} from '@everypod/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.ts';
import {
  catchUp,
  event,
  podsOf,
  postCatchUp,
  reportOf,
  type Started,
  send,
  startBridge,
  startWorld,
} from '../harness.ts';

const pod: PodIdentity = { ip: '127.0.0.11', name: 'nextjs-a', instance: 'instance-a1' };

/** What a pod is told in slices, whatever journal the bridge has. */
export function comesInSlices(name: string, journal: () => Promise<Record<string, string>>) {
  describe(`${name}: a pod that has missed many tags`, () => {
    let bridge: Started;
    let epoch: string;
    let builtAt: string;

    beforeEach(async () => {
      bridge = await startBridge(await startWorld(await journal()), {
        limits: { ...limits, lookBackMs: 25 },
      });
      epoch = (await podsOf(bridge)).epoch;
      builtAt = new Date().toISOString();
    });

    /** In events of a thousand, the most that fits into one. */
    async function missed(tags: number, ...others: Target[][]) {
      for (let first = 0; first < tags; first += 1_000) {
        const length = Math.min(1_000, tags - first);
        await send(bridge, event(Array.from({ length }, (_, nth) => ({ tag: `t${first + nth}` }))));
      }
      for (const targets of others) await send(bridge, event(targets));
    }

    type Asking = { cursor?: Cursor | null; slicesUpTo?: Cursor; inOnePiece?: true };
    const ask = ({ cursor = { epoch, seq: 0 }, ...more }: Asking = {}) =>
      catchUp(bridge, { pod, cursor, settled: null, builtAt, ...more });

    /** As a pod does that asks from slice to slice. */
    async function askOn(from: Asking = {}) {
      const answers: CatchUpAnswer[] = [];
      for (let slicesUpTo: Cursor | undefined; ; ) {
        const answer = await ask({ ...from, ...(slicesUpTo && { slicesUpTo }) });
        answers.push(answer);
        if (!('more' in answer)) return answers;
        slicesUpTo = { epoch: answer.epoch, seq: answer.upTo };
      }
    }

    const paths = (length: number, of: string) =>
      Array.from({ length }, (_, nth) => ({ path: `/${of}-${nth}` }));
    /** Each of eight calls. */
    const spelled = (length: number) => Array.from({ length }, (_, nth) => ({ path: `/é-${nth}` }));

    const sizes = (answers: CatchUpAnswer[]) =>
      answers.map((answer) => ('targets' in answer ? answer.targets.length : 'everything'));
    const keysIn = (answers: CatchUpAnswer[]) =>
      answers.flatMap((answer) => ('targets' in answer ? answer.targets.map(targetKey) : []));

    it('is told 20,000 in four slices, each of them once, the oldest first', async () => {
      await missed(20_000);
      const answers = await askOn();
      expect(sizes(answers)).toEqual([5_000, 5_000, 5_000, 5_000]);
      expect(answers.map(({ upTo }) => upTo)).toEqual([5, 10, 15, 20]);
      expect(answers.map((answer) => 'more' in answer)).toEqual([true, true, true, false]);
      expect(new Set(keysIn(answers)).size).toBe(20_000);
    });

    it('starts over with one more, and with more calls for paths than ten thousand', async () => {
      await missed(20_000, [{ tag: 'one more' }]);
      expect(sizes(await askOn())).toEqual(['everything']);
      expect(sizes(await askOn({ cursor: { epoch, seq: 1 } }))).toEqual([5_000, 5_000, 5_000, 4_001]);
      for (let nth = 0; nth < 5; nth += 1) await missed(0, paths(1_000, `${nth}`));
      expect(sizes(await askOn({ cursor: { epoch, seq: 21 } }))).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
      await missed(0, paths(1, 'more'));
      expect(sizes(await askOn({ cursor: { epoch, seq: 21 } }))).toEqual(['everything']);
    });

    it('is told a thousand edits, each with its page, its tags and its lists, in one slice', async () => {
      const edits = Array.from({ length: 1_000 }, (_, nth) => {
        const own = [{ path: `/post-${nth}` }, { tag: `wp:post:${nth}` }, { tag: `wp:#${nth}` }];
        return event([...own, { path: '/' }, { tag: 'wp:front-page' }]);
      });
      // All at once would be turned away.
      for (let first = 0; first < edits.length; first += 25)
        await Promise.all(edits.slice(first, first + 25).map((edit) => send(bridge, edit)));
      expect(sizes(await askOn())).toEqual([3_002]);
    });

    it('is told no more than 2,500 calls for paths at once, unless one event has more', async () => {
      await missed(0, paths(600, 'a'), paths(600, 'b'), paths(600, 'c'), spelled(400), [{ path: '/last' }]);
      expect(sizes(await askOn())).toEqual([1_200, 600, 400, 1]);
    });

    describe('and some of which vanished, and that starts over', () => {
      const gone = (length: number, of = 'gone'): Target[] =>
        Array.from({ length }, (_, nth) => ({ tag: `${of}-${nth}`, vanishes: true }));

      it('is told all of it', async () => {
        await missed(20_001, gone(400), gone(400, 'more'));
        const answer = await ask();
        expect(answer).toMatchObject({ upTo: 23, everything: true });
        const told = 'vanishing' in answer ? answer.vanishing : [];
        expect(new Set(told)).toEqual(new Set([...gone(400), ...gone(400, 'more')]));
      });

      it('is told what did since its build, or its cursor', async () => {
        await missed(0, [{ tag: 'before', vanishes: true }]);
        await sleep(50);
        builtAt = new Date().toISOString();
        await missed(20_001, [{ tag: 'since', vanishes: true }]);
        const since = { everything: true, vanishing: [{ tag: 'since', vanishes: true }] };
        expect(await ask({ cursor: null })).toMatchObject(since);
        expect(await ask({ cursor: { epoch, seq: 1 } })).toMatchObject(since);
      });

      it('is told of none where it is too much, or the pod comes from elsewhere', async () => {
        const most = Array.from({ length: 4 }, (_, nth) => gone(500, `part-${nth}`));
        await missed(18_500, ...most);
        const starting = { epoch, upTo: 23, everything: true };
        const known = await ask();
        expect('vanishing' in known && known.vanishing?.length).toBe(2_000);
        expect(await ask({ cursor: { epoch: 'epoch-of-old', seq: 3 } })).toEqual(starting);
        await missed(0, [{ tag: 'one more', vanishes: true }]);
        expect(await ask()).toEqual({ ...starting, upTo: 24 });
      });

      it('is told of none where it does not say that it speaks the second protocol', async () => {
        await missed(1_001, gone(1));
        const message = { pod, cursor: { epoch, seq: 0 }, settled: null, builtAt };
        const first = await postCatchUp(bridge, message, { headers: { 'everypod-protocol': '1' } });
        expect(await first.json()).toEqual({ epoch, upTo: 3, everything: true });
      });
    });

    it('is told 500 paths, of two calls each, beside its tags', async () => {
      const more = paths(500, 'more');
      await missed(8_000, more);
      const answers = await askOn();
      expect(sizes(answers)).toEqual([5_000, 3_500]);
      expect(keysIn(answers)).toEqual(expect.arrayContaining(more.map(targetKey)));
    });

    it('is told all tags of an event in one slice', async () => {
      await missed(
        4_500,
        Array.from({ length: 1_000 }, (_, nth) => ({ tag: `u${nth}` })),
        [{ tag: 'last' }],
      );
      expect(sizes(await askOn())).toEqual([5_500, 1]);
    });

    it('is told in slices from its build on, too, where it has no cursor', async () => {
      // Looking back leads to before the journal otherwise, whose clock is known to some milliseconds.
      await sleep(50);
      builtAt = new Date().toISOString();
      await missed(9_000);
      const answers = await askOn({ cursor: null });
      expect(sizes(answers)).toEqual([5_000, 4_000]);
      expect(new Set(keysIn(answers)).size).toBe(9_000);
    });

    it('misses nothing of what changes between two slices', async () => {
      await missed(10_000);
      const first = await ask();
      // One that it has been told, one that it has not, and a new one.
      await send(bridge, event([{ tag: 't0' }, { tag: 't9999' }, { tag: 'new' }]));
      const second = await ask({ slicesUpTo: { epoch, seq: first.upTo } });
      expect(sizes([first, second])).toEqual([5_000, 5_002]);
      expect(second).toMatchObject({ upTo: 11 });
      expect(keysIn([second])).toEqual(expect.arrayContaining(['tag t0', 'tag t9999', 'tag new']));
    });

    it('starts over between two slices, where the journal does', async () => {
      await missed(8_000);
      const slicesUpTo = { epoch: 'epoch-of-old', seq: 7 };
      expect(sizes([await ask({ cursor: null, slicesUpTo })])).toEqual(['everything']);
    });

    it('has applied no event before the last slice: what it named may have changed since, and lie there', async () => {
      await ask();
      const { id } = await send(bridge, event([{ tag: 'twice' }]));
      await missed(8_000, [{ tag: 'twice' }]);
      const slice = await ask();
      expect(keysIn([slice])).not.toContain('tag twice');
      await ask({ slicesUpTo: { epoch, seq: slice.upTo } });
      expect((await podsOf(bridge)).pods).toMatchObject([{ cursor: { epoch, seq: 0 }, behind: 10 }]);
      const stateOf = async () => (await reportOf(bridge, id)).pods.map(({ state }) => state);
      expect(await stateOf()).not.toEqual(['applied']);
      await ask({ cursor: { epoch, seq: 10 } });
      expect(await stateOf()).toEqual(['applied']);
    });

    it('gets everything where it wants one piece', async () => {
      await missed(8_000);
      expect(sizes([await ask({ inOnePiece: true })])).toEqual(['everything']);
    });

    it('gets everything where it does not say that it speaks the second protocol', async () => {
      await missed(1_001);
      const message = { pod, cursor: { epoch, seq: 0 }, settled: null, builtAt };
      const first = await postCatchUp(bridge, message, { headers: { 'everypod-protocol': '1' } });
      expect(await first.json()).toEqual({ epoch, upTo: 2, everything: true });
      expect(sizes([await ask()])).toEqual([1_001]);
    });
  });
}
