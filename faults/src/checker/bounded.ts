import type { RecordOf } from '../chronicle/record.ts';
import { limits } from '../limits.ts';
import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

type Sample = RecordOf<'sample'>;
type Field = 'memoryBytes' | 'descriptors' | 'sockets' | 'diskBytes';

const most: [Sample['kind'], Field, number][] = [
  ['bridge', 'memoryBytes', limits.bridgeMemoryBytes],
  ['bridge', 'descriptors', limits.bridgeDescriptors],
  ['bridge', 'sockets', limits.bridgeSockets],
  ['journal', 'diskBytes', limits.journalBytes],
  ['valkey', 'diskBytes', limits.valkeyBytes],
  ['host', 'memoryBytes', limits.hostMemoryBytes],
  ['host', 'descriptors', limits.hostDescriptors],
  ['host', 'sockets', limits.hostSockets],
  ['next', 'memoryBytes', limits.nextMemoryBytes],
  ['next', 'descriptors', limits.bridgeDescriptors],
  ['next', 'sockets', limits.bridgeSockets],
];

/** 5: memory, sockets, descriptors and journal stay below their limits all the time. */
export function useIsBounded({ of }: Evidence): Verdict {
  const samples = of('sample');
  const faults: string[] = [];
  const figures: string[] = [];
  for (const [kind, field, limit] of most) {
    const values = samples.filter((sample) => sample.kind === kind).map((sample) => sample[field]);
    if (values.length === 0) continue;
    const peak = values.reduce((one, other) => Math.max(one, other));
    figures.push(`${kind} ${shown(field, peak)} at most`);
    if (peak > limit) faults.push(`${kind} used ${shown(field, peak)}; ${shown(field, limit)} is the limit.`);
  }
  return {
    name: 'bounded',
    assertion: 'Memory, sockets, file descriptors and journal stay bounded',
    judged: samples.length,
    faults,
    figures,
  };
}

function shown(field: Field, value: number): string {
  if (field === 'memoryBytes' || field === 'diskBytes') {
    return `${(value / 1e6).toFixed(1)} MB ${field === 'memoryBytes' ? 'of memory' : 'on disk'}`;
  }
  return `${value} ${field}`;
}
