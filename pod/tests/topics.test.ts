import { readFileSync } from 'node:fs';
import type { CatchUpAnswer } from '@everypod/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { onTopic, type TopicNotice } from '../src/index.ts';
import { sharedState } from '../src/state.ts';
import { startBridge } from './surroundings/bridge.ts';
import { epoch, podSecret, startPod } from './surroundings/pod.ts';

/** A pod with a handler that notes what it is told. */
function podWithTopic(topic: string, handler?: () => Promise<void>) {
  const pod = startPod();
  const notices: TopicNotice[] = [];
  const note = async (notice: TopicNotice) => {
    notices.push(notice);
    await handler?.();
  };
  pod.state.topics.set(topic, new Set([note]));
  return { pod, notices };
}

describe('a topic that keeps failing', () => {
  const bridges: Awaited<ReturnType<typeof startBridge>>[] = [];
  afterEach(() => Promise.all(bridges.splice(0).map((bridge) => bridge.stop())));

  /** A pod that is probed while its flags cannot be loaded. */
  async function podWithoutFlags(says: CatchUpAnswer) {
    const bridge = await startBridge(podSecret, ({ answer, question }) =>
      answer(question.cursor?.seq === says.upTo ? { epoch, upTo: says.upTo, targets: [] } : says),
    );
    bridges.push(bridge);
    const pod = startPod(
      { EVERYPOD_BRIDGE_URL: bridge.url, EVERYPOD_START_LIMIT_SECONDS: '3600' },
      { background: () => undefined },
    );
    const flags = { broken: true, loads: 0 };
    const load = () => {
      flags.loads += 1;
      if (flags.broken) throw new Error('no flags');
    };
    pod.state.topics.set('flags', new Set([load]));
    return {
      ...pod,
      flags,
      async liveWith(answer: CatchUpAnswer) {
        says = answer;
        for (let probes = 0; probes < 6; probes += 1) {
          pod.clock.nowMs += 5_000;
          await pod.probe();
        }
      },
    };
  }
  const all: CatchUpAnswer = { epoch, upTo: 3, everything: true };
  const named: CatchUpAnswer = { epoch, upTo: 4, targets: [{ tag: 'posts' }, { topic: 'flags' }] };

  it('costs no page more than its two invalidations, however often it is tried again', async () => {
    const pod = await podWithoutFlags(all);
    await pod.liveWith(all);
    expect(pod.told).toEqual(['/ layout', '/ layout']);
    expect(pod.flags.loads).toBeGreaterThan(6);
    expect(pod.state).toMatchObject({ cursor: null, settled: null, readyBy: null });
  });

  it('costs none more where the pages are named either', async () => {
    const pod = await podWithoutFlags(all);
    pod.flags.broken = false;
    await pod.liveWith(all);
    pod.told.length = 0;
    pod.flags.broken = true;
    await pod.liveWith(named);
    expect(pod.told).toEqual(['#posts', '#posts']);
    expect(pod.state.cursor).toEqual({ epoch, seq: 3 });
  });

  it('moves the cursor, and settles, once it works', async () => {
    const pod = await podWithoutFlags(all);
    await pod.liveWith(all);
    pod.flags.broken = false;
    await pod.liveWith(all);
    expect(pod.told).toEqual(['/ layout', '/ layout']);
    expect(pod.state).toMatchObject({ cursor: { seq: 3 }, settled: { seq: 3 }, readyBy: 'catch-up' });
    expect(pod.state.waves).toEqual([]);
  });

  it('keeps no later change from the pages', async () => {
    const pod = await podWithoutFlags(all);
    await pod.liveWith(all);
    await pod.liveWith(named);
    expect(pod.told).toEqual(['/ layout', '/ layout', '#posts', '#posts']);
  });
});

describe('a topic', () => {
  it('is told to its handler, and to no other', async () => {
    const { pod, notices } = podWithTopic('flags');
    await pod.push({ targets: [{ topic: 'flags' }, { topic: 'limits' }] });
    expect(notices).toEqual([{ topic: 'flags', everything: false }]);
  });

  it('without a handler is said to do nothing', async () => {
    const answer = await startPod().push({ targets: [{ topic: 'flags' }] });
    expect(answer.ok).toBe(true);
    expect(answer.cannot?.[0]?.reason).toContain('onTopic');
  });

  it('is told of everything, with the pages', async () => {
    const { pod, notices } = podWithTopic('flags');
    await pod.push({ everything: true });
    expect(notices).toEqual([{ topic: 'flags', everything: true }]);
    expect(pod.told).toEqual(['/ layout']);
  });

  it('that fails moves no cursor, and the answer names it', async () => {
    const { pod } = podWithTopic('flags', () => Promise.reject(new Error('no database')));
    const answer = await pod.push({ everything: true });
    expect(answer).toMatchObject({ ok: false, cursor: null });
    expect(answer.reason).toMatch(/flags.*no database/);
  });

  it('that never comes back has failed after 5 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      const { pod } = podWithTopic('flags', () => new Promise(() => undefined));
      const answer = pod.push({ targets: [{ topic: 'flags' }] });
      await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
      vi.advanceTimersByTime(5_000);
      expect(await answer).toMatchObject({ ok: false, reason: expect.stringContaining('5000 ms') });
    } finally {
      vi.useRealTimers();
    }
  });

  it('is registered for the whole process, until it is taken away again', () => {
    const handler = () => undefined;
    const take = onTopic('of-the-process', handler);
    expect(sharedState().topics.get('of-the-process')).toEqual(new Set([handler]));
    take();
    expect(sharedState().topics.has('of-the-process')).toBe(false);
  });
});

it('the topic of WordPress’ connection test is there to be told, and needs no handler', async () => {
  const php = readFileSync(
    new URL('../../wp-plugin/includes/Delivery/ConnectionTest.php', import.meta.url),
    'utf8',
  );
  const [, topic = ''] = /const TOPIC = '([^']+)'/.exec(php) ?? [];
  const answer = await startPod().push({ targets: [{ topic }] });
  expect(answer).toMatchObject({ ok: true });
  expect(answer.cannot).toBeUndefined();
});

describe('B9 a pod without a bridge', () => {
  it('runs every handler once before its first ready, and from then on when it is told', async () => {
    const { pod, notices } = podWithTopic('flags');
    for (let probes = 0; probes < 3; probes += 1) {
      expect((await pod.kubeletProbe()).status).toBe(200);
      pod.clock.nowMs += 60_000;
    }
    expect(notices).toEqual([{ topic: 'flags', everything: true }]);
    expect(pod.told).toEqual([]);
    await pod.push({ targets: [{ topic: 'flags' }] });
    expect(notices).toHaveLength(2);
  });

  it('is not ready while a handler runs, and shares it among probes', async () => {
    const loaded = Promise.withResolvers<void>();
    const { pod, notices } = podWithTopic('flags', () => loaded.promise);
    const both = await Promise.all([pod.probe(), pod.probe()]);
    expect(both.map(({ status }) => status)).toEqual([503, 503]);
    expect(both[0].reason).toContain('topics');
    loaded.resolve();
    expect(await pod.probe()).toMatchObject({ status: 200, note: expect.stringContaining('bridge-less') });
    expect(notices).toHaveLength(1);
  });

  it('asks a handler that fails again at each probe, and is ready without it once the start limit is over', async () => {
    const pod = startPod({ EVERYPOD_START_LIMIT_SECONDS: '30' });
    const source = { down: true, asked: 0 };
    const load = () => {
      source.asked += 1;
      if (source.down) throw new Error('no flags');
    };
    pod.state.topics.set('flags', new Set([load]));
    const first = await pod.probe();
    expect(first).toMatchObject({ status: 503, reason: expect.stringContaining('no flags') });
    pod.clock.nowMs += 29_999;
    expect((await pod.probe()).status).toBe(503);
    pod.clock.nowMs += 1;
    expect(await pod.probe()).toMatchObject({ status: 200, note: expect.stringContaining('no flags') });
    source.down = false;
    expect(await pod.probe()).toMatchObject({ status: 200, note: expect.not.stringContaining('no flags') });
    await pod.probe();
    expect(source.asked).toBe(4);
  });
});
