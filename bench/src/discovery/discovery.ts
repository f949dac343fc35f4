import { Resolver } from 'node:dns/promises';
import { createAllowedRanges, createHeadlessDns, parseService } from '@everypod/fan-out';
import { inTurn } from '../figures/in-turn.ts';
import { median, percentile, ratio } from '../figures/statistics.ts';
import { limits } from '../limits.ts';
import type { Cell, Measurement } from '../measurement.ts';
import { nameWith } from './names.ts';

export const discovery: Measurement = {
  name: 'discovery',
  says: 'finding all pods of a headless Service by DNS, beside one bare question',
  async measure(bench) {
    const program = bench.programs.start(new URL('name-server.ts', import.meta.url));
    const [listensAt = ''] = await program.listening();
    const server = new URL(listensAt).host;
    const rows: Cell[][] = [];
    for (const records of limits.discoveryRecords) {
      const [bare = [], headless = []] = await inTurn(
        [bareQuestion(server, records), asEverypod(server, records)],
        {
          rounds: bench.size(limits.discoveryRounds),
          mostMs: bench.size(limits.discoveryMostMs),
          warmUpRounds: limits.discoveryWarmUpRounds,
        },
      );
      rows.push([
        records,
        headless.length,
        median(bare),
        median(headless),
        percentile(headless, 0.95),
        ratio(median(headless), median(bare)),
      ]);
    }
    return [{ title, columns, rows, notes }];
  },
};

const title = 'Discovery of a headless Service, in milliseconds';
const columns = ['records', 'rounds', 'resolve4 median', 'Everypod median', 'Everypod p95', '× resolve4'];
const notes = [
  'Everypod asks for A and AAAA at once, with a resolver of its own, checks each address and drops duplicates.',
  'Above about 29 records the answer does not fit, and both have to ask again over TCP.',
];

function bareQuestion(server: string, records: number) {
  const resolver = new Resolver();
  resolver.setServers([server]);
  return {
    name: 'resolve4',
    run: async () => expectAll(await resolver.resolve4(`${nameWith(records)}.`), records),
  };
}

function asEverypod(server: string, records: number) {
  const service = parseService(`http://${nameWith(records)}:3000/siteapi/revalidate`);
  const found = createHeadlessDns({ services: [service], ranges: createAllowedRanges(), servers: [server] });
  return {
    name: 'Everypod',
    run: async () => expectAll((await found.discover()).addresses, records),
  };
}

function expectAll(found: readonly unknown[], records: number) {
  if (found.length !== records) throw new Error(`DNS lists ${records} pods; ${found.length} were found.`);
}
