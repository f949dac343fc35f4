import { newSecret } from '@everypod/contract';
import { median, ratio } from '../figures/statistics.ts';
import { limits } from '../limits.ts';
import type { Bench, Cell, Measurement, Table } from '../measurement.ts';
import { startPods } from '../pods/pods.ts';
import { createEvents } from './events.ts';
import { createLoad } from './load.ts';
import { type Server, startServers } from './servers.ts';
import { startValkey } from './valkey.ts';

export const ingest: Measurement = {
  name: 'ingest',
  says: 'events that a bridge accepts per second, beside servers that do less and less',
  async measure(bench) {
    const valkey = await startValkey(bench);
    try {
      return await measureWith(bench, valkey?.url ?? null);
    } finally {
      await valkey?.stop();
    }
  },
};

async function measureWith(bench: Bench, valkey: string | null): Promise<Table[]> {
  const secret = newSecret();
  const podSecret = newSecret();
  const pods = await startPods(bench, { count: limits.ingestPods, secret: podSecret });
  const servers = await startServers(bench, { secret, podSecret, pods: pods.urls, valkey });
  const source = createEvents(secret);
  const load = createLoad(source);
  const events = bench.size(limits.ingestEventsPerSlice);

  const slices: Slice[][] = servers.map(() => []);
  const endsAt = performance.now() + bench.size(limits.ingestMostMs);
  for (let round = -1; round < bench.size(limits.ingestRounds); round += 1) {
    if (round > 0 && performance.now() > endsAt) break;
    for (const [at, server] of servers.entries()) {
      const slice = await take(server, events, load);
      // The first round warms up.
      if (round >= 0) slices[at]?.push(slice);
    }
  }
  const title = `Events of about ${limits.ingestEventBytes} bytes with ${source.targetsEach} targets, over ${limits.ingestConnections} connections`;
  return [
    {
      title,
      columns,
      rows: rowsOf(servers, slices),
      notes: [...notes, ...(valkey === null ? [noValkey] : [])],
    },
  ];
}

const columns = ['server', 'slices', 'events/s', 'slowest slice', '× first', 'CPU µs/event'];

const notes = [
  'Each line does all that the line above it does, and more (Valkey’s: more than the one in memory); every request was answered 2xx.',
  `The bridges push to ${limits.ingestPods} pods meanwhile, and are at rest again before the next slice: their CPU includes that.`,
  'Every target is a row that the journal moves, so that an event with fewer costs a bridge less.',
  'Durable: synchronous = FULL, one commit for all events that wait; answered after the commit.',
  'In Valkey: appendfsync = always; what its own process takes is not in the CPU column.',
];

const noValkey = 'Neither valkey-server nor redis-server is installed, so no bridge keeps its journal there.';

type Slice = { perSecond: number; cpuMicrosPerEvent: number };

async function take(server: Server, events: number, load: ReturnType<typeof createLoad>): Promise<Slice> {
  const prepared = load.prepare(server.url, events);
  const cpuBefore = await server.program.cpuMicros();
  const ms = await load.send(prepared);
  await server.idle();
  const cpuMicros = (await server.program.cpuMicros()) - cpuBefore;
  return { perSecond: (events / ms) * 1_000, cpuMicrosPerEvent: cpuMicros / events };
}

function rowsOf(servers: readonly Server[], slices: readonly Slice[][]): Cell[][] {
  const rates = slices.map((of) => of.map(({ perSecond }) => perSecond));
  const baseline = median(rates[0] ?? []);
  return servers.map(({ name }, at): Cell[] => {
    const rate = rates[at] ?? [];
    const cpu = median((slices[at] ?? []).map(({ cpuMicrosPerEvent }) => cpuMicrosPerEvent));
    return [
      name,
      rate.length,
      Math.round(median(rate)),
      Math.round(Math.min(...rate)),
      ratio(median(rate), baseline),
      Math.round(cpu),
    ];
  });
}
