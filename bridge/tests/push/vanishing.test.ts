import type { Target } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { event, podsOf, probe, send, startBridge, startWorld } from '../harness.ts';

const gone: Target = { tag: 'taken-back', vanishes: true };
/** Each of eight calls, and all together more than a pod takes at once. */
const paths = Array.from({ length: 600 }, (_, nth) => ({ path: `/é-${nth}` }));

/** A pod that was heard at a number, and is then sent more than could be named. */
async function start() {
  const world = await startWorld();
  const pod = await world.addPod(11);
  const bridge = await startBridge(world);
  return { pod, bridge };
}

describe('a push of everything', () => {
  it('names what has vanished since the pod was heard last', async () => {
    const { pod, bridge } = await start();
    await probe(bridge, pod);
    await send(bridge, event([{ tag: 'before', vanishes: true }]), { wait: 5 });
    await send(bridge, event([gone, ...paths]), { wait: 5 });
    const { epoch } = await podsOf(bridge);
    expect(pod.pushes.at(-1)).toEqual({
      epoch,
      after: 1,
      upTo: 2,
      targets: [],
      everything: true,
      vanishing: [gone],
    });
    expect(pod.cursor).toEqual({ epoch, seq: 2 });
  });

  it('names nothing to a pod that nobody has heard: of what vanished before nothing is known', async () => {
    const { pod, bridge } = await start();
    await send(bridge, event([gone, ...paths]), { wait: 5 });
    expect(pod.pushes.at(-1)).toMatchObject({ targets: [], everything: true });
    expect(pod.pushes.at(-1)).not.toHaveProperty('vanishing');
  });

  it('is sent once more without to a pod of 0.1.0, which takes no word that is new', async () => {
    const { pod, bridge } = await start();
    for (const _ of ['starts over', 'says where it is']) await probe(bridge, pod);
    let refused = 0;
    pod.misbehave(({ response, message, proper }) => {
      if ('vanishing' in message) {
        refused += 1;
        response.writeHead(400).end();
        return;
      }
      const { headers, body } = proper();
      response.writeHead(200, headers).end(body);
    });
    const report = await send(bridge, event([gone, ...paths]), { wait: 5 });
    expect(report).toMatchObject({ state: 'applied' });
    expect(refused).toBe(1);
    expect(pod.pushes.at(-1)).toMatchObject({ everything: true, targets: [] });
  });
});
