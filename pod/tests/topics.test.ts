import { describe, expect, it, vi } from 'vitest';
import { onTopic, type TopicNotice } from '../src/index.ts';
import { sharedState } from '../src/state.ts';
import { startPod } from './surroundings/pod.ts';

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
