import { describe, expect, it, vi } from 'vitest';
import { event, probe, reportOf, send, startBridge, startWorld } from './harness.ts';

describe('one event', () => {
  it('reaches every pod that DNS lists, and has a line for each', async () => {
    const world = await startWorld();
    const pods = [await world.addPod(11), await world.addPod(12), await world.addPod(13)];
    const bridge = await startBridge(world);
    for (const pod of pods) await probe(bridge, pod);

    const report = await send(bridge, event([{ path: '/hello' }]), { wait: 5 });

    expect(report.state).toBe('applied');
    expect(report.final).toBe(true);
    expect(report.counts).toMatchObject({ pods: 3, applied: 3 });
    expect(report.pods.map(({ name, ip, state }) => [name, ip, state])).toEqual([
      ['pod-11', '127.0.0.11', 'applied'],
      ['pod-12', '127.0.0.12', 'applied'],
      ['pod-13', '127.0.0.13', 'applied'],
    ]);
    for (const pod of pods) expect([...pod.applied]).toEqual(['path /hello']);
    expect(await reportOf(bridge, report.id)).toEqual(report);
  });

  it('stays accepted, with the reason, when there is no pod', async () => {
    const world = await startWorld();
    const bridge = await startBridge(world);
    const report = await send(bridge, event(), { wait: 5 });
    expect(report).toMatchObject({ state: 'accepted', final: false, pods: [] });
    expect(report.reason).toContain('DNS lists no pod under nextjs-headless.myapp.svc.cluster.local');
    await vi.waitFor(async () => expect((await reportOf(bridge, report.id)).final).toBe(true), {
      timeout: 5_000,
    });
    expect((await reportOf(bridge, report.id)).state).toBe('accepted');
  });
});
