import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Guarded from '../../src/guard/cache-handler.ts';
import type { Value } from '../../src/guard/next-cache.ts';
import { limits } from '../../src/limits.ts';

type OwnCache = { memoryCache?: { remove(key: string): void } };
const { default: ownCache } = createRequire(import.meta.url)(
  'next/dist/server/lib/incremental-cache/file-system-cache',
) as { default: OwnCache };

/** What each call waits for, by its name and the end of the file's. */
type Held = { call: string; of: string; met: Promise<void>; release: () => void };

let folder: string;
let held: (Held & { meet: () => void; until: Promise<void> })[];

beforeEach(() => {
  // However slow this machine's disk is, nobody gives up waiting before a test says so.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  folder = mkdtempSync(join(tmpdir(), 'everypod-files-'));
  held = [];
  forgetMemory();
  delete ownCache.memoryCache;
});
afterEach(() => {
  for (const { release } of held) release();
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

function forgetMemory(): void {
  ownCache.memoryCache?.remove('/p');
}

/** Time enough for whatever nothing keeps back. */
async function disksTurn(): Promise<void> {
  for (let looks = 0; looks < 200; looks += 1) await stat(folder);
}

/** Holds up the next such call, once it is reached. */
function hold(call: 'writeFile' | 'stat', of: string): Held {
  const [met, until] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const one = { call, of, met: met.promise, release: until.resolve, meet: met.resolve, until: until.promise };
  held.push(one);
  return one;
}

async function pass(call: string, file: string): Promise<void> {
  const at = held.findIndex((one) => one.call === call && file.endsWith(one.of));
  const [one] = at < 0 ? [] : held.splice(at, 1);
  one?.meet();
  await one?.until;
}

const fs = {
  existsSync: () => false,
  mkdir: (dir: string) => mkdir(dir, { recursive: true }),
  readFile,
  async writeFile(file: string, data: string) {
    await pass('writeFile', file);
    await writeFile(file, data);
  },
  async stat(file: string) {
    await pass('stat', file);
    return stat(file);
  },
};

const disk = { fs, flushToDisk: true, serverDistDir: '', revalidatedTags: [] };
const onDiskAlone = () => new Guarded({ ...disk, serverDistDir: join(folder, 'server') });
const inMemory = () =>
  new Guarded({ ...disk, serverDistDir: join(folder, 'server'), maxMemoryCacheSize: 1e6 });
type Request = ReturnType<typeof onDiskAlone>;

const asPage = { kind: 'APP_PAGE', cacheControl: { revalidate: false as const } };
const page = (text: string): Value => ({
  kind: 'APP_PAGE',
  html: text,
  rscData: Buffer.from(text),
  headers: { 'x-next-cache-tags': '_N_T_/p' },
  status: 200,
});
/** And until files that are written from then on say so: their time lags behind the clock, and Next.js compares the two. */
async function invalidate(): Promise<void> {
  await onDiskAlone().revalidateTag('_N_T_/p');
  for (const end = Date.now() + limits.fileTimeBehindMs; Date.now() <= end; ) await stat(folder);
}

/** As a render does: it asks for the page, makes it, and stores what it has made. */
async function begun(request: Request, text: string): Promise<() => Promise<void>> {
  await request.get('/p', asPage);
  return () => request.set('/p', page(text), asPage);
}
const stored = async (request: Request, text: string) => (await begun(request, text))();

/** What a visitor gets: both parts of a page, which lie in two files. */
async function read(request: Request): Promise<string | null> {
  const value = (await request.get('/p', asPage))?.value;
  return value ? `${value.html} ${value.rscData}` : null;
}

describe.each([
  ['on disk alone', onDiskAlone],
  ['in memory, too', inMemory],
])('a page that Next.js itself keeps, %s,', (_, request) => {
  it('is the new one for good, where the old one was still being written as it was made', async () => {
    const writing = hold('writeFile', '.html');
    const old = stored(request(), 'old');
    await writing.met;
    await invalidate();
    const all = [old, request().set('/p', page('new'), asPage)];
    await disksTurn();
    writing.release();
    await Promise.all(all);
    forgetMemory();
    expect(await read(request())).toBe('new new');
  });

  it('is not the old one with the new one’s time, where it is made anew while it is read', async () => {
    await stored(request(), 'old');
    forgetMemory();
    const reading = hold('stat', '.html');
    const former = read(request());
    await reading.met;
    await invalidate();
    const renew = begun(onDiskAlone(), 'new').then((store) => store());
    await disksTurn();
    reading.release();
    expect(await former).toBeNull();
    await renew;
    expect(await read(request())).toBe('new new');
  });

  it('is read whole or not at all while it is written', async () => {
    await stored(request(), 'old');
    await invalidate();
    const store = await begun(request(), 'new');
    const writing = hold('writeFile', '.rsc');
    const renewed = store();
    await writing.met;
    const all = Promise.all([read(request()), read(request()), renewed]);
    await disksTurn();
    writing.release();
    const [one, other] = await all;
    expect([one, other]).toEqual(['new new', 'new new']);
  });
});

describe('a disk that hangs', () => {
  it('keeps nobody waiting for what is being stored, and is given nothing more of it to store', async () => {
    const writing = hold('writeFile', '.html');
    const hanging = stored(onDiskAlone(), 'old');
    await writing.met;
    const reads = [read(onDiskAlone()), read(onDiskAlone())];
    const more = onDiskAlone().set('/p', page('more'), asPage);
    await vi.advanceTimersByTimeAsync(limits.entryTurnMs);
    expect(await Promise.all(reads)).toEqual([null, null]);
    await more;
    writing.release();
    await hanging;
    expect(await read(onDiskAlone())).toBe('old old');
  });

  it('is not asked for what lies in memory', async () => {
    const writing = hold('writeFile', '.html');
    const hanging = stored(inMemory(), 'new');
    await writing.met;
    expect(await read(inMemory())).toBe('new new');
    writing.release();
    await hanging;
  });
});
