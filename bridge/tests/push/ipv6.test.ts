import { expect, it } from 'vitest';
import { startPod } from '../../../fan-out/tests/pod.ts';
import { afterThisTest, event, podSecret, podsOf, probe, send, startBridge, startWorld } from '../harness.ts';

it('A21 pods that have IPv6 addresses alone are found, told and known by them', async () => {
  const world = await startWorld({ EVERYPOD_POD_CIDRS: '::1/128' });
  const pod = await startPod({ secret: podSecret, ip: '::1', port: world.port, name: 'nextjs-a' });
  afterThisTest(() => pod.close());
  world.list(['::1']);
  const bridge = await startBridge(world);
  await probe(bridge, pod);

  const report = await send(bridge, event([{ path: '/hello' }]), { wait: 5 });

  expect(report).toMatchObject({ state: 'applied', counts: { pods: 1, applied: 1 } });
  expect(report.pods).toMatchObject([{ name: 'nextjs-a', ip: '::1', state: 'applied', attempts: 1 }]);
  expect((await podsOf(bridge)).pods).toMatchObject([{ name: 'nextjs-a', ip: '::1' }]);
});
