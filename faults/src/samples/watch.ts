import type { Bridge } from '../bridges/bridge.ts';
import type { Chronicle } from '../chronicle/chronicle.ts';
import { limits } from '../limits.ts';
import type { NextPod } from '../next/next-pod.ts';
import type { Host } from '../system/host.ts';
import { diskBytes, sampleProcess } from './sample.ts';

type Options = {
  chronicle: Chronicle;
  bridges: readonly Bridge[];
  hosts: readonly Host[];
  nextPods: readonly NextPod[];
  journal: { file: string; kind: 'journal' | 'valkey' };
};

/** Writes down every second what bridge, hosts and journal use. */
export function watchUse({ chronicle, bridges, hosts, nextPods, journal }: Options): () => void {
  const note = (kind: 'bridge' | 'host' | 'next', process: string, pid: number) => {
    const sample = pid === 0 ? null : sampleProcess(pid);
    if (sample) chronicle.note({ what: 'sample', kind, process, diskBytes: 0, ...sample });
  };
  const timer = setInterval(() => {
    for (const bridge of bridges) note('bridge', bridge.name, bridge.pid());
    for (const host of hosts) note('host', host.name, host.pid());
    for (const pod of nextPods) note('next', pod.name, pod.pid());
    const nothing = { memoryBytes: 0, descriptors: 0, sockets: 0 };
    const { kind, file } = journal;
    chronicle.note({ what: 'sample', kind, process: kind, diskBytes: diskBytes(file), ...nothing });
  }, limits.samplePeriodMs);
  return () => clearInterval(timer);
}
