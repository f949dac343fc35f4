import { describe, expect, it } from 'vitest';
import { catchUp, event, quick, reportOf, send, startBridge, startWorld } from '../harness.ts';

const pod = { ip: '127.0.0.12', name: 'nextjs-b', instance: 'instance-b1' };

describe('a pod that had no bridge to ask', () => {
  it.each([
    { withoutBridge: 'start limit', words: 'no bridge to ask when it started' },
    { withoutBridge: 'lease', words: 'no bridge for its whole lease' },
  ] as const)(
    'says so in the report and in the metrics: $withoutBridge',
    async ({ withoutBridge, words }) => {
      const world = await startWorld();
      world.list([pod.ip]);
      const bridge = await startBridge(world, { limits: quick });
      const { id } = await send(bridge, event(), { wait: 5 });
      const asked = { pod, cursor: null, settled: null, builtAt: null };
      const { epoch, upTo } = await catchUp(bridge, { ...asked, withoutBridge });
      await catchUp(bridge, { ...asked, cursor: { epoch, seq: upTo } });

      const [line] = (await reportOf(bridge, id)).pods;
      expect(line).toMatchObject({ name: 'nextjs-b', state: 'applied' });
      expect(line?.reason).toContain(words);
      const metrics = await (await fetch(`${bridge.url}/metrics`)).text();
      expect(metrics).toContain(`everypod_pods_without_bridge_total{why="${withoutBridge}"} 1`);
    },
  );

  const told = async (bridge: { url: string }) => {
    const metrics = await (await fetch(`${bridge.url}/metrics`)).text();
    return metrics.split('\n').filter((line) => line.startsWith('everypod_pods_without_bridge_total{'));
  };
  const total = (why: string, times: number) => `everypod_pods_without_bridge_total{why="${why}"} ${times}`;

  it('A8 is counted once, however often it asks before it hears, and once more the next time', async () => {
    let atMs = 0;
    const bridge = await startBridge(await startWorld(), { limits: quick, monotonicMs: () => atMs });
    const asked = { pod, cursor: null, settled: null, builtAt: null };
    const lease = { ...asked, withoutBridge: 'lease' } as const;
    await Promise.all([lease, lease, lease].map((question) => catchUp(bridge, question)));
    // One was overtaken by the next.
    for (const question of [asked, lease, asked]) await catchUp(bridge, question);
    expect(await told(bridge)).toEqual([total('lease', 1)]);
    atMs += 60_000;
    for (const question of [lease, lease, asked]) await catchUp(bridge, question);
    expect(await told(bridge)).toEqual([total('lease', 2)]);
  });

  it('A8 is counted for each life and each reason', async () => {
    const bridge = await startBridge(await startWorld(), { limits: quick });
    const question = (instance: string, withoutBridge: 'lease' | 'start limit') =>
      catchUp(bridge, {
        pod: { ...pod, instance },
        cursor: null,
        settled: null,
        builtAt: null,
        withoutBridge,
      });
    for (const instance of ['instance-b1', 'instance-b2']) {
      await question(instance, 'start limit');
      await question(instance, 'lease');
      await question(instance, 'lease');
    }
    expect(await told(bridge)).toEqual([total('start limit', 2), total('lease', 2)]);
  });
});
