import { channel } from 'node:diagnostics_channel';
import { guardOfProcess } from '../../../pod/src/guard/guard.ts';
import { guard } from '../../../pod/src/guard/handler.ts';
import type { Value } from '../../../pod/src/guard/next-cache.ts';
import { Givers } from '../../../pod/src/keys/givers.ts';
import { hearKeys } from '../../../pod/src/keys/hear.ts';
import { Reads } from '../../../pod/src/keys/reads.ts';
import { inTurn, type Way } from '../figures/in-turn.ts';
import { median } from '../figures/statistics.ts';
import { limits } from '../limits.ts';
import type { Table } from '../measurement.ts';
import { MapCache, pageOf } from './map-cache.ts';

const asPage = { kind: 'APP_PAGE', cacheControl: { revalidate: 3_600 } };

/** A page as it is kept that was made from so many posts. */
function keyedPage(path: string, count: number): Value {
  const page = pageOf(path);
  const own = String(page.headers?.['x-next-cache-tags']);
  const keys = Array.from({ length: count }, (_, at) => `_E_K_p${100_000 + at}`);
  return { ...page, headers: { 'x-next-cache-tags': ['_E_K_known', own, ...keys].join(',') } };
}

/** What it costs a page that its keys are known, and a read that it is heard. */
export async function keyed(size: (count: number) => number): Promise<Table> {
  const { ledger } = guardOfProcess();
  const Guarded = guard(MapCache);
  const paths = Array.from({ length: limits.guardPages }, (_, at) => `/keyed/${at}`);
  const store = new MapCache();
  const ofMany = (path: string) => `${path}/many`;
  for (const path of paths) {
    await store.set(path, keyedPage(path, 0));
    await store.set(ofMany(path), keyedPage(path, limits.guardKeysPerPage));
  }
  const visit = (name: (path: string) => string, invalidate: () => void) => async () => {
    invalidate();
    for (const path of paths) await new Guarded({}).get(name(path), asPage);
  };
  const another = () => void ledger.invalidate(['another']);
  const ways: Way[] = [
    { name: 'a page hit, without keys', run: visit((path) => path, another) },
    { name: `a page hit, with ${limits.guardKeysPerPage} keys`, run: visit(ofMany, another) },
    ...hearing(paths.length),
  ];
  const samples = await inTurn(ways, {
    rounds: size(limits.guardRounds),
    mostMs: size(limits.guardMostMs),
    warmUpRounds: limits.guardWarmUpRounds,
  });
  const each = samples.map((ms) => (median(ms) * 1_000) / paths.length);
  return {
    title: 'What keys cost, in microseconds, medians',
    columns: ['what', 'µs'],
    rows: ways.map(({ name }, at) => [name, each[at] ?? null]),
    notes: [
      'A hit after another invalidation, when a page’s tags and keys are looked at.',
      'A read of an answer that names five keys, told on the channels of Node.js; less what those cost that nobody listens to.',
    ],
  };
}

/** As undici tells of a request, of which WordPress's answer has a dozen headers. */
function hearing(count: number): Way[] {
  const begun = channel('undici:request:create');
  const answered = channel('undici:request:headers');
  let reads: Reads | null = null;
  const givers = new Givers();
  hearKeys({ readsNow: () => reads, givers });
  const others = ['server', 'date', 'content-type', 'link', 'x-wp-total', 'x-wp-totalpages', 'allow', 'vary'];
  const headers = [
    ...others.flatMap((name) => [name, 'value']),
    'X-Everypod-Keys',
    'p8,p12,t2,h3mXq0aB_c-9Z,f',
  ];
  const raw = headers.map((text) => Buffer.from(text));
  const read = (listening: boolean) => async () => {
    for (let at = 0; at < count; at += 1) {
      reads = listening ? new Reads(givers) : null;
      const request = { origin: 'https://wordpress.example', method: 'GET' };
      begun.publish({ request });
      answered.publish({ request, response: { statusCode: 200, headers: raw } });
    }
    reads = null;
  };
  return [
    { name: 'a request of no page', run: read(false) },
    { name: 'a read that is heard', run: read(true) },
  ];
}
