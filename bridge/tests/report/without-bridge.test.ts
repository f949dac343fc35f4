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
});
