import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import type { CatchUpAnswer } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBridge } from './surroundings/bridge.ts';
import { epoch, podSecret, startPod } from './surroundings/pod.ts';

const settleMs = 10_000;
let bridge: Awaited<ReturnType<typeof startBridge>>;
let says: CatchUpAnswer;

beforeEach(async () => {
  says = { epoch, upTo: 5, targets: [] };
  bridge = await startBridge(podSecret, ({ answer }) => answer(says));
});
afterEach(() => bridge.stop());

/** A pod that is ready, at 5, and has background work that is kept from running. */
async function podAtFive({ settings = {}, ...options }: Parameters<typeof startPod>[1] & Settings = {}) {
  const background: (() => Promise<void>)[] = [];
  const pod = startPod(
    { EVERYPOD_BRIDGE_URL: bridge.url, ...settings },
    { background: (work) => background.push(work), ...options },
  );
  await pod.probe();
  return { ...pod, background };
}
type Settings = { settings?: Record<string, string> };

describe('what a push has applied', () => {
  it('is applied again in the background, once the settling delay is over', async () => {
    const pod = await podAtFive();
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    const settling = pod.background[0]?.();
    pod.clock.nowMs += settleMs - 1;
    await turn();
    expect(pod.told).toEqual(['#a']);
    pod.clock.nowMs += 1;
    await settling;
    expect(pod.told).toEqual(['#a', '#a']);
    expect(pod.state.settled).toEqual({ epoch, seq: 6 });
  });

  it('is applied again at the first probe that finds it due, where the background never runs', async () => {
    const pod = await podAtFive();
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    says = { epoch, upTo: 6, targets: [] };
    pod.clock.nowMs += 5_000;
    expect(await pod.probe()).toMatchObject({ cursor: { seq: 6 }, settled: { seq: 5 } });
    pod.clock.nowMs += 5_000;
    expect(await pod.probe()).toMatchObject({ settled: { epoch, seq: 6 } });
    expect(pod.told).toEqual(['#a', '#a']);
  });

  it('is not applied again once the probe has been answered, where the framework would hear none of it', async () => {
    const pod = await podAtFive();
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    says = { epoch, upTo: 6, targets: [] };
    pod.clock.nowMs += settleMs - 1;
    expect(await pod.probe()).toMatchObject({ settled: { seq: 5 } });
    pod.clock.nowMs += 1;
    await turn();
    expect(pod.told).toEqual(['#a']);
    expect(pod.state.settled).toEqual({ epoch, seq: 5 });
    expect(await pod.probe()).toMatchObject({ settled: { seq: 6 } });
  });

  it('is applied again once only, however many look', async () => {
    const pod = await podAtFive();
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    pod.clock.nowMs += settleMs;
    await Promise.all([pod.probe(), pod.background[0]?.(), pod.probe()]);
    await pod.probe();
    expect(pod.told).toEqual(['#a', '#a']);
  });

  it('is left to the probes where the framework would not hear it in the background', async () => {
    const pod = await podAtFive({ hearsAgain: () => false });
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    expect(pod.background).toEqual([]);
    pod.clock.nowMs += settleMs;
    expect(await pod.probe()).toMatchObject({ settled: { seq: 6 } });
  });

  it('is told to the bridge as settled, in answers to pushes and in catch-ups', async () => {
    const pod = await podAtFive();
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    pod.clock.nowMs += settleMs;
    await pod.background[0]?.();
    expect((await pod.push({ after: 6, upTo: 7 })).settled).toEqual({ epoch, seq: 7 });
    await pod.probe();
    expect(bridge.questions.at(-1)?.settled).toEqual({ epoch, seq: 7 });
  });

  it('is applied again although it could not move the cursor, and settles no further than that', async () => {
    const pod = await podAtFive();
    await pod.push({ after: 6, upTo: 7, targets: [{ tag: 'a' }] });
    pod.clock.nowMs += settleMs;
    await pod.background[0]?.();
    expect(pod.told).toEqual(['#a', '#a']);
    expect(pod.state.settled).toEqual({ epoch, seq: 5 });
  });

  it('waits as long as EVERYPOD_SETTLE_SECONDS says', async () => {
    const pod = await podAtFive({ settings: { EVERYPOD_SETTLE_SECONDS: '26' } });
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    pod.clock.nowMs += 25_000;
    await pod.probe();
    expect(pod.told).toEqual(['#a']);
    pod.clock.nowMs += 1_000;
    await pod.probe();
    expect(pod.told).toEqual(['#a', '#a']);
  });

  it.each(['0', '-1', '3601', '1.5', 'soon'])(
    'waits the usual time when that says %s, and the readiness route names the setting',
    async (wrong) => {
      const pod = await podAtFive({ settings: { EVERYPOD_SETTLE_SECONDS: wrong } });
      await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
      pod.clock.nowMs += settleMs;
      expect((await pod.probe()).note).toContain('EVERYPOD_SETTLE_SECONDS');
      expect(pod.told).toEqual(['#a', '#a']);
    },
  );
});

describe('every other application settles too', () => {
  it('what a catch-up brought', async () => {
    const pod = await podAtFive();
    says = { epoch, upTo: 6, targets: [{ path: '/a', scope: 'page' }] };
    await pod.probe();
    expect(pod.state.settled).toEqual({ epoch, seq: 5 });
    says = { epoch, upTo: 6, targets: [] };
    pod.clock.nowMs += settleMs;
    await pod.background[0]?.();
    expect(pod.told.filter((call) => call === '/a page')).toHaveLength(2);
    expect(pod.state.settled).toEqual({ epoch, seq: 6 });
  });

  it('everything', async () => {
    const pod = await podAtFive();
    await pod.push({ upTo: 9, everything: true, targets: [{ tag: 'a' }] });
    pod.clock.nowMs += settleMs;
    await pod.background[0]?.();
    expect(pod.told).toEqual(['/ layout', '#a', '/ layout', '#a']);
    expect(pod.state.settled).toEqual({ epoch, seq: 9 });
  });

  it('everything at the start limit, which reaches no position', async () => {
    await bridge.stop();
    const pod = await podAtFive({ settings: { EVERYPOD_START_LIMIT_SECONDS: '0' } });
    pod.clock.nowMs += settleMs;
    expect(await pod.probe()).toMatchObject({ ready: true, cursor: null, settled: null });
    expect(pod.told).toEqual(['/ layout', '/ layout']);
  });

  it('a topic', async () => {
    const pod = await podAtFive();
    const loads: unknown[] = [];
    pod.state.topics.set('flags', new Set([(notice) => void loads.push(notice)]));
    await pod.push({ after: 5, upTo: 6, targets: [{ topic: 'flags' }] });
    pod.clock.nowMs += settleMs;
    await pod.probe();
    expect(loads).toHaveLength(2);
  });

  it('what came late is left to the probes, since its own request is over', async () => {
    const pod = await podAtFive();
    const held = Promise.withResolvers<void>();
    bridge.answers(async ({ answer }) => {
      await held.promise;
      answer({ epoch, upTo: 6, targets: [{ tag: 'late' }] });
    });
    await pod.probe();
    held.resolve();
    await pod.background[0]?.();
    expect(pod.background).toHaveLength(1);
    bridge.answers(({ answer }) => answer({ epoch, upTo: 6, targets: [] }));
    pod.clock.nowMs += settleMs;
    expect(await pod.probe()).toMatchObject({ settled: { seq: 6 } });
    expect(pod.told).toEqual(['#late', '#late']);
  });
});

describe('a catch-up that comes after a probe which settled, and whose invalidations are one with it', () => {
  /** A pod at 6 whose probe has settled that, while the bridge keeps 7 back. */
  async function podThatSettled() {
    const pod = await podAtFive({ hearsAgain: () => false });
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    const held = Promise.withResolvers<void>();
    const said = Promise.withResolvers<void>();
    bridge.answers(async ({ answer }) => {
      await held.promise;
      answer({ epoch, upTo: 7, targets: [{ tag: 'a' }] });
      said.resolve();
    });
    pod.clock.nowMs += settleMs;
    await pod.probe();
    held.resolve();
    await pod.state.catchUp?.answered;
    await said.promise;
    return pod;
  }

  it('moves no cursor, since the framework would not hear it', async () => {
    const pod = await podThatSettled();
    for (const work of pod.background) await work();
    expect(pod.told).toEqual(['#a', '#a']);
    expect(pod.state).toMatchObject({ cursor: { seq: 6 }, settled: { seq: 6 } });
  });

  it('is covered by the answer that the next probe gets', async () => {
    const pod = await podThatSettled();
    bridge.answers(({ answer }) => answer({ epoch, upTo: 8, targets: [{ tag: 'a' }, { tag: 'b' }] }));
    pod.clock.nowMs += 5_000;
    expect(await pod.probe()).toMatchObject({ cursor: { seq: 8 } });
    expect(bridge.questions.at(-1)?.cursor).toEqual({ epoch, seq: 6 });
    expect(pod.told.slice(2)).toEqual(['#a', '#b']);
  });

  it.each([
    ['has none yet', () => undefined],
    ['refuses', ({ response }: { response: ServerResponse }) => void response.writeHead(500).end()],
  ])('is applied by the next probe when the bridge %s then', async (_, answering) => {
    const pod = await podThatSettled();
    bridge.answers(answering);
    pod.clock.nowMs += 5_000;
    expect(await pod.probe()).toMatchObject({ cursor: { seq: 7 } });
    expect(pod.told.slice(2)).toEqual(['#a']);
  });
});

describe('the position that is settled', () => {
  it('is where the cursor is when nothing had to be applied to come there', async () => {
    const pod = await podAtFive();
    expect(pod.state.settled).toEqual({ epoch, seq: 5 });
  });

  it('does not pass what still waits', async () => {
    const pod = await podAtFive();
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    await pod.push({ after: 6, upTo: 7 });
    expect(pod.state.settled).toEqual({ epoch, seq: 5 });
    pod.clock.nowMs += 5_000;
    await pod.push({ after: 7, upTo: 8, targets: [{ tag: 'b' }] });
    pod.clock.nowMs += 5_000;
    await pod.probe();
    expect(pod.state.settled).toEqual({ epoch, seq: 7 });
    expect(pod.told).toEqual(['#a', '#b', '#a']);
  });

  it('is not told before the probe that settles is answered, since the framework only hears it then', async () => {
    const pod = await podAtFive();
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    const held = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    bridge.answers(async ({ answer }) => {
      asked.resolve();
      await held.promise;
      answer({ epoch, upTo: 6, targets: [] });
    });
    pod.clock.nowMs += settleMs;
    const probing = pod.probe();
    await asked.promise;
    expect((await pod.push({ after: 6, upTo: 6 })).settled).toEqual({ epoch, seq: 5 });
    held.resolve();
    expect(await probing).toMatchObject({ settled: { seq: 6 } });
  });

  it('is not told before that, nor is the cursor, while the probe waits for what will be due', async () => {
    const pod = await podAtFive();
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    says = { epoch, upTo: 7, targets: [{ tag: 'b' }] };
    pod.clock.nowMs += settleMs - 100;
    const probing = pod.probe();
    await pod.state.catchUp?.answered;
    expect(await pod.push({ after: 6, upTo: 6 })).toMatchObject({ cursor: { seq: 6 }, settled: { seq: 5 } });
    pod.clock.nowMs += 100;
    expect(await probing).toMatchObject({ cursor: { seq: 7 }, settled: { seq: 6 } });
  });

  it('does not pass a pass that failed, which the next probe tries again', async () => {
    const flags = { broken: false };
    const pod = await podAtFive();
    pod.state.topics.set(
      'flags',
      new Set([() => (flags.broken ? Promise.reject(new Error('no flags')) : undefined)]),
    );
    await pod.push({ after: 5, upTo: 6, targets: [{ topic: 'flags' }] });
    flags.broken = true;
    pod.clock.nowMs += 5_000;
    await pod.push({ after: 6, upTo: 7, targets: [{ tag: 'a' }] });
    pod.clock.nowMs += 5_000;
    expect(await pod.probe()).toMatchObject({ settled: { seq: 5 } });
    expect((await pod.probe()).note).toContain('no flags');
    flags.broken = false;
    expect(await pod.probe()).toMatchObject({ settled: { seq: 6 } });
    expect(await pod.probe()).not.toHaveProperty('note');
  });

  it('is not taken into another epoch', async () => {
    const pod = await podAtFive();
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    pod.clock.nowMs += 5_000;
    says = { epoch: 'epoch-two', upTo: 2, everything: true };
    await pod.probe();
    says = { epoch: 'epoch-two', upTo: 2, targets: [] };
    pod.clock.nowMs += 5_000;
    await pod.probe();
    expect(pod.state.settled).toEqual({ epoch, seq: 5 });
    pod.clock.nowMs += 5_000;
    await pod.probe();
    expect(pod.state.settled).toEqual({ epoch: 'epoch-two', seq: 2 });
  });
});

describe('many applications', () => {
  it('close together share one pass, which counts from the last of them', async () => {
    const pod = await podAtFive();
    for (let seq = 6; seq <= 55; seq += 1) {
      await pod.push({ after: seq - 1, upTo: seq, targets: [{ tag: `t${seq % 2}` }] });
      pod.clock.nowMs += 5;
    }
    expect(pod.background).toHaveLength(1);
    const settling = pod.background[0]?.();
    pod.clock.nowMs += settleMs - 6;
    await turn();
    expect(pod.told).toHaveLength(50);
    pod.clock.nowMs += 1;
    await settling;
    expect(pod.told.slice(50).sort()).toEqual(['#t0', '#t1']);
    expect(pod.state.settled).toEqual({ epoch, seq: 55 });
  });

  it('of more targets than are named one by one become everything', async () => {
    const pod = await podAtFive();
    for (const part of [0, 1, 2, 3]) {
      const targets = Array.from({ length: 650 }, (_, i) => ({ path: `/${part}-${i}` }));
      await pod.push({ after: 5 + part, upTo: 6 + part, targets });
    }
    pod.told.length = 0;
    pod.clock.nowMs += settleMs;
    await pod.probe();
    expect(pod.told).toEqual(['/ layout']);
    expect(pod.state.settled).toEqual({ epoch, seq: 9 });
  });

  it('are one where a thing changes and vanishes, in whatever order', async () => {
    const pod = await podAtFive();
    const [changes, vanishes] = [{ path: '/a' }, { path: '/a', vanishes: true }] as const;
    const told = ['/a', '/a/'];
    for (const [nth, targets] of [[changes], [vanishes], [changes, vanishes]].entries()) {
      expect(await pod.push({ after: 5 + nth, upTo: 6 + nth, targets })).toMatchObject({ ok: true });
      expect(pod.told.splice(0)).toEqual(told);
    }
    const [wave] = pod.state.waves;
    expect([...(wave?.targets.values() ?? [])]).toEqual([vanishes]);
    pod.clock.nowMs += settleMs;
    await pod.background[0]?.();
    expect(pod.told).toEqual(told);
  });

  describe('of many tags', () => {
    const tags = (length: number, name: string) => Array.from({ length }, (_, i) => ({ tag: `${name}${i}` }));

    /** Pushed one after the other, and applied for the first time. */
    async function podWith(...parts: { tag: string }[][]) {
      const pod = await podAtFive();
      for (const [nth, targets] of parts.entries()) {
        await pod.push({ after: 5 + nth, upTo: 6 + nth, targets });
      }
      pod.told.length = 0;
      says = { epoch, upTo: 5 + parts.length, targets: [] };
      pod.clock.nowMs += settleMs;
      return pod;
    }

    it('are named one by one beside a thousand paths', async () => {
      const pod = await podWith(tags(2_000, 'a'), tags(3_000, 'b'));
      expect(await pod.probe()).toMatchObject({ settled: { seq: 7 } });
      expect(new Set(pod.told).size).toBe(5_000);
    });

    it('share no pass where they are more than a slice together: the rest is due at the next probe', async () => {
      const pod = await podWith(...['a', 'b', 'c', 'd'].map((name) => tags(5_000, name)));
      for (const [seq, told] of [
        [6, 5_000],
        [7, 10_000],
        [8, 15_000],
        [9, 20_000],
      ]) {
        expect(await pod.probe()).toMatchObject({ settled: { seq } });
        expect(pod.told).toHaveLength(told ?? 0);
      }
      expect(pod.told).not.toContain('/ layout');
    });

    it('become everything where passes that never ran are merged to more than twenty thousand', async () => {
      const pod = await podAtFive();
      for (let seq = 6; seq <= 35; seq += 1) {
        await pod.push({ after: seq - 1, upTo: seq, targets: tags(4_900, `of${seq}-`) });
        pod.clock.nowMs += 1_000;
      }
      pod.told.length = 0;
      says = { epoch, upTo: 35, targets: [] };
      pod.clock.nowMs += settleMs;
      await pod.probe();
      expect(pod.told).toContain('/ layout');
    });
  });

  it('never keep more than a bounded number of passes waiting, though nothing ever runs them', async () => {
    const pod = await podAtFive();
    for (let seq = 6; seq <= 505; seq += 1) {
      await pod.push({ after: seq - 1, upTo: seq, targets: [{ tag: `t${seq}` }] });
      pod.clock.nowMs += 1_000;
    }
    expect(pod.state.waves.length).toBeLessThanOrEqual(24);
    pod.told.length = 0;
    pod.clock.nowMs += settleMs;
    says = { epoch, upTo: 505, targets: [] };
    expect(await pod.probe()).toMatchObject({ settled: { seq: 505 } });
    expect(new Set(pod.told).size).toBe(500);
    expect(pod.state.waves).toEqual([]);
  });
});

describe('an echo', () => {
  const settings = { EVERYPOD_ECHO_SECONDS: '30' };

  it('applies the same once more, so many seconds later, and holds nothing back', async () => {
    const pod = await podAtFive({ settings });
    await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
    says = { epoch, upTo: 6, targets: [] };
    pod.clock.nowMs += settleMs;
    expect(await pod.probe()).toMatchObject({ settled: { seq: 6 } });
    pod.clock.nowMs += 19_999;
    await pod.probe();
    expect(pod.told).toEqual(['#a', '#a']);
    pod.clock.nowMs += 1;
    await pod.probe();
    expect(pod.told).toEqual(['#a', '#a', '#a']);
    pod.clock.nowMs += 60_000;
    await pod.probe();
    expect(pod.told).toEqual(['#a', '#a', '#a']);
  });

  it.each([{}, { EVERYPOD_ECHO_SECONDS: '0' }, { EVERYPOD_ECHO_SECONDS: '' }])(
    'is not made unless it is asked for: %o',
    async (none) => {
      const pod = await podAtFive({ settings: none });
      await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'a' }] });
      for (let seconds = 0; seconds < 120; seconds += 10) {
        pod.clock.nowMs += settleMs;
        await pod.probe();
      }
      expect(pod.told).toEqual(['#a', '#a']);
    },
  );

  it.each(['-1', '3601', 'soon'])('that says %s is named, and none is made', async (wrong) => {
    const pod = await podAtFive({ settings: { EVERYPOD_ECHO_SECONDS: wrong } });
    expect((await pod.probe()).note).toContain('EVERYPOD_ECHO_SECONDS');
  });
});
