import { beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../src/limits.ts';
import type { Place, Places } from '../../src/visits/places.ts';
import { createValkeyPlaces } from '../../src/visits/valkey-places.ts';
import { afterThisTest } from '../harness.ts';
import { placesConform } from '../visits/places-conformance.ts';
import { openConnection } from './open.ts';
import { startValkey, type TestValkey } from './server.ts';

type Options = { most?: number; lastsMs?: number; placesInLineMs?: number };

/** As one bridge of that name has them, on a connection of its own. */
async function open(
  server: TestValkey,
  name: string,
  { most = 1, lastsMs = 60_000, placesInLineMs = 60_000 }: Options = {},
): Promise<Places> {
  const hasty = { ...limits, valkeyCommandMs: 300, valkeyReconnectMostMs: 100, placesInLineMs };
  const connection = await openConnection({ port: server.port, limits: hasty });
  afterThisTest(() => connection.close());
  return createValkeyPlaces({ connection, name, most, lastsMs, limits: hasty });
}

placesConform('Valkey’s', async ({ most }) => open(await startValkey(), 'a', { most }));

let server: TestValkey;
beforeEach(async () => {
  server = await startValkey();
});

const soon = { timeout: 5_000, interval: 20 };
const taken = async (places: Places, wanted: 'own page' | 'other page' = 'own page'): Promise<Place> => {
  const place = await places.take(wanted);
  if (!place) throw new Error('There is no place.');
  return place;
};

describe('places that bridges share', () => {
  it('are as many over all of them as each has been told', async () => {
    const bridges = await Promise.all(['a', 'b', 'c'].map((name) => open(server, name, { most: 4 })));
    const asked = bridges.flatMap((places) => Array.from({ length: 4 }, () => places.take('own page')));
    expect((await Promise.all(asked)).filter((place) => place !== null)).toHaveLength(4);
  });

  it('are had by one once the other gives them back', async () => {
    const [a, b] = [await open(server, 'a'), await open(server, 'b')];
    const place = await taken(a);
    expect(await b.take('own page')).toBeNull();
    await place.giveBack();
    expect(await b.take('own page')).not.toBeNull();
  });

  it('are free again a while after a bridge has died with them', async () => {
    const [dead, b] = [await open(server, 'dead', { lastsMs: 1_500 }), await open(server, 'b')];
    await taken(dead);
    expect(await b.take('own page')).toBeNull();
    await vi.waitFor(async () => expect(await b.take('own page')).not.toBeNull(), soon);
  });

  it('leave nothing in Valkey once nobody wants any', async () => {
    const brief = { lastsMs: 200, placesInLineMs: 100 };
    const [a, b] = [await open(server, 'a', brief), await open(server, 'b', brief)];
    await taken(a);
    await b.take('other page');
    expect(await server.ask('KEYS', '{everypod}:places*')).toHaveLength(3);
    await vi.waitFor(async () => expect(await server.ask('KEYS', '*')).toEqual([]), soon);
  });
});

describe('of bridges that wait for a place', () => {
  it('the first has the next one, and not the one that has just given it back', async () => {
    const [a, b, c] = [await open(server, 'a'), await open(server, 'b'), await open(server, 'c')];
    const place = await taken(a);
    for (const waits of [b, c]) expect(await waits.take('own page')).toBeNull();
    await place.giveBack();
    for (const waits of [a, c]) expect(await waits.take('own page')).toBeNull();
    await (await taken(b)).giveBack();
    for (const waits of [b, a]) expect(await waits.take('own page')).toBeNull();
    await (await taken(c)).giveBack();
    await taken(a);
  });

  it('the first has the next one though others have asked within the same millisecond', {
    repeats: 9,
  }, async () => {
    const connection = await openConnection({ port: server.port, limits });
    afterThisTest(() => connection.close());
    const given = { connection, most: 1, lastsMs: 60_000, limits: { ...limits, placesInLineMs: 60_000 } };
    const names = Array.from({ length: 10 }, (_, nth) => `bridge ${nth}`);
    const [has, ...wait] = names.map((name) => createValkeyPlaces({ ...given, name }));
    const place = has && (await taken(has));
    await Promise.all(wait.map((places) => places.take('own page')));
    await place?.giveBack();
    const [first, ...others] = wait;
    for (const places of others) expect(await places.take('own page')).toBeNull();
    expect(await first?.take('own page')).not.toBeNull();
  });

  it('those go first that want it for a subject’s own page', async () => {
    const [a, b, c] = [await open(server, 'a'), await open(server, 'b'), await open(server, 'c')];
    const place = await taken(a);
    expect(await b.take('other page')).toBeNull();
    expect(await c.take('own page')).toBeNull();
    await place.giveBack();
    for (const waits of [a, b]) expect(await waits.take('other page')).toBeNull();
    await (await taken(c)).giveBack();
    await taken(b, 'other page');
  });

  it('one that wants its own page by now goes ahead', async () => {
    const [a, b, c] = [await open(server, 'a'), await open(server, 'b'), await open(server, 'c')];
    const place = await taken(a);
    for (const waits of [b, c]) expect(await waits.take('other page')).toBeNull();
    expect(await c.take('own page')).toBeNull();
    await place.giveBack();
    expect(await b.take('other page')).toBeNull();
    await taken(c);
  });

  it('each holds back one place and no more', async () => {
    const [a, b] = [await open(server, 'a', { most: 3 }), await open(server, 'b', { most: 3 })];
    const places = [await taken(a), await taken(a), await taken(a)];
    expect(await b.take('own page')).toBeNull();
    for (const place of places) await place.giveBack();
    for (const _ of [1, 2]) await taken(a);
    expect(await a.take('own page')).toBeNull();
    await taken(b);
  });

  it('one that has more than the one that asks holds back none', async () => {
    const [a, b] = [await open(server, 'a', { most: 4 }), await open(server, 'b', { most: 4 })];
    const [one] = [await taken(a), await taken(a), await taken(b), await taken(b)];
    expect(await b.take('own page')).toBeNull();
    await one?.giveBack();
    await taken(a, 'other page');
  });

  it('one that asks no more is waited for no longer', async () => {
    const brief = { placesInLineMs: 200 };
    const [a, b] = [await open(server, 'a', brief), await open(server, 'b', brief)];
    const place = await taken(a);
    expect(await b.take('own page')).toBeNull();
    await place.giveBack();
    expect(await a.take('own page')).toBeNull();
    await vi.waitFor(async () => expect(await a.take('own page')).not.toBeNull(), soon);
  });
});

describe('while Valkey can’t be asked, a place', () => {
  it('is had by nobody, and is no error; then they are as many as before', async () => {
    const places = await open(server, 'a', { most: 2 });
    await server.kill();
    for (const _ of [1, 2, 3]) expect(await places.take('own page')).toBeNull();
    await server.start();
    await vi.waitFor(() => taken(places), soon);
    await taken(places);
    expect(await places.take('own page')).toBeNull();
  });

  it('that was asked for and given without a word reaching the bridge is not lost', async () => {
    const places = await open(server, 'a', { most: 1 });
    server.freeze();
    expect(await places.take('own page')).toBeNull();
    server.thaw();
    await vi.waitFor(() => taken(places), soon);
    expect(await places.take('own page')).toBeNull();
  });

  it('is given back later', async () => {
    const places = await open(server, 'a', { most: 1 });
    const place = await taken(places);
    server.freeze();
    await place.giveBack();
    server.thaw();
    await vi.waitFor(() => taken(places), soon);
    expect(await places.take('own page')).toBeNull();
  });
});
