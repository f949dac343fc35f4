import { describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { event, probe, reportOf, send, startWorld } from '../harness.ts';
import { kill, run } from '../process/run-bridge.ts';
import { startValkey } from './server.ts';

const soon = { timeout: 20_000, interval: 100 };

describe('of two bridges as processes', () => {
  it('the other finishes what one had accepted when it is killed before the push', async () => {
    const valkey = await startValkey();
    const world = await startWorld({ EVERYPOD_JOURNAL: valkey.url });
    const [a, b] = await Promise.all([run(world, await freePort()), run(world, await freePort())]);
    const { id } = await send(a, event([{ tag: 'survivor' }]), { id: 'evt_survivor' });
    await kill(a);

    const pod = await world.addPod(11);
    await vi.waitFor(() => expect(pod.applied).toContain('tag survivor'), soon);
    await vi.waitFor(async () => expect(await reportOf(b, id)).toMatchObject({ state: 'applied' }), soon);
    await probe(b, pod);
    pod.settle();
    await probe(b, pod);
    await vi.waitFor(
      async () => expect(await reportOf(b, id)).toMatchObject({ state: 'settled', final: true }),
      soon,
    );
    expect(await send(b, event([{ tag: 'survivor' }]), { id })).toMatchObject({ seq: 1, final: true });
  }, 60_000);

  it('either has the report and the missed targets of what the other took, after a restart too', async () => {
    const valkey = await startValkey();
    const world = await startWorld({ EVERYPOD_JOURNAL: valkey.url });
    const pod = await world.addPod(11);
    const [a, b] = await Promise.all([run(world, await freePort()), run(world, await freePort())]);
    await probe(a, pod);
    const { id } = await send(a, event(), { wait: 10 });
    pod.settle();
    await probe(b, pod);
    await vi.waitFor(async () => expect((await reportOf(b, id)).final).toBe(true), soon);
    await kill(a);
    await kill(b);
    const again = await run(world, await freePort());
    expect(await reportOf(again, id)).toMatchObject({ state: 'settled', final: true });
    expect(await probe(again, pod)).toMatchObject({ upTo: 1, targets: [] });
  }, 60_000);
});
