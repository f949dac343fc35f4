import type { System } from '../system/system.ts';

/** Writes down what stands now: the head, what waits, and how far each pod is. */
export async function noteStanding({
  chronicle,
  client,
  pods,
  nextPods,
  kubelet,
  sender,
}: System): Promise<void> {
  const known = await client.pods();
  const ready = new Set(kubelet.readyIps());
  const standing = [...kubelet.lastProbes()].map(([ip, probe]) => ({
    ip,
    ready: ready.has(ip),
    cursor: probe?.cursor ?? null,
    settled: probe?.settled ?? null,
  }));
  chronicle.note({
    what: 'standing',
    head: known && { epoch: known.epoch, seq: known.head },
    waiting: sender.waiting(),
    pods: standing,
    wanted: pods.all().length + nextPods.length,
  });
}
