import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { problemSchema } from '@everypod/contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { createSqliteJournal } from '../../src/journal/sqlite.ts';
import { limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import {
  catchUp,
  event,
  postCatchUp,
  postEvent,
  send,
  signedGet,
  startWorld,
  temporaryFolder,
  type World,
} from '../harness.ts';
import { tear } from '../journal/tear.ts';
import { kill, spawnBridge } from './run-bridge.ts';

const pod = { ip: '127.0.0.11', name: 'nextjs-a', instance: 'instance-a1' };
const question = { pod, cursor: null, settled: null, builtAt: null };

let world: World;
let path: string;
/** Where the check tells that it has begun, and is told to go on. */
let folder: string;
let cursor: { epoch: string; seq: number };

/** One event, and reports enough to be checked apart. */
beforeEach(async () => {
  folder = temporaryFolder();
  path = join(folder, 'journal.db');
  const journal = createSqliteJournal({ path, log: createLog('silent'), limits });
  const { epoch } = await journal.position();
  await journal.append({
    id: 'evt_before',
    bodyHash: 'hash',
    change: 'post.updated',
    targets: [{ tag: 'before' }],
    acceptedAt: Date.now(),
  });
  cursor = { epoch, seq: 0 };
  await journal.close();
  const database = new DatabaseSync(path);
  const add = database.prepare("INSERT INTO event VALUES (?, ?, '', '', '[]', ?, ?, 1)");
  for (let nth = 1; nth <= 20; nth += 1) add.run(`evt_${nth}`, -nth, Date.now(), 'x'.repeat(500_000));
  database.close();
  const preload = new URL('hold-check.mjs', import.meta.url).href;
  world = await startWorld({
    EVERYPOD_JOURNAL: `sqlite:${path}`,
    EVERYPOD_TEST_HOLD: folder,
    NODE_OPTIONS: `--import ${preload}`,
  });
});

/** A bridge that listens, and whose check has begun. */
async function startHeld() {
  const bridge = spawnBridge(world, await freePort());
  const checking = join(folder, 'checking');
  await vi.waitFor(
    async () => {
      expect((await fetch(`${bridge.url}/healthz`)).status).toBe(200);
      expect(existsSync(checking) && readFileSync(checking, 'utf8')).toMatch(/\d/);
    },
    { timeout: 15_000, interval: 20 },
  );
  return { ...bridge, checker: Number(readFileSync(checking, 'utf8')) };
}

const letGo = () => writeFileSync(join(folder, 'go'), '');
const isReady = (url: string) =>
  vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), { timeout: 15_000 });

describe('A5 a bridge whose journal is large', () => {
  it('A5 listens before it is checked, answers 503 with the reason meanwhile, and goes on with all that it had', async () => {
    const bridge = await startHeld();
    const unready = await fetch(`${bridge.url}/readyz`);
    expect(unready.status).toBe(503);
    expect(await unready.json()).toMatchObject({
      ready: false,
      reason: expect.stringContaining('being checked'),
    });
    const refused = await Promise.all([
      postEvent(bridge),
      postCatchUp(bridge, question),
      signedGet(bridge, '/v1/events/evt_before'),
      signedGet(bridge, '/v1/pods'),
    ]);
    for (const answer of refused) {
      expect(answer.status).toBe(503);
      expect(problemSchema.parse(await answer.json())).toMatchObject({
        type: 'urn:everypod:problem:journal-unavailable',
        detail: expect.stringContaining('being checked'),
      });
    }
    expect((await fetch(`${bridge.url}/metrics`)).status).toBe(200);
    expect((await fetch(`${bridge.url}/healthz`)).status).toBe(200);

    letGo();
    await isReady(bridge.url);
    expect(await catchUp(bridge, { ...question, cursor })).toMatchObject({ targets: [{ tag: 'before' }] });
    expect((await send(bridge, event())).seq).toBeGreaterThan(1);
    expect((await signedGet(bridge, '/v1/events/evt_before')).status).toBe(200);
    await kill(bridge);
  });

  it('A5 hears SIGTERM while it is checked, and leaves no check behind', async () => {
    const bridge = await startHeld();
    process.kill(bridge.checker, 0);
    bridge.process.kill('SIGTERM');
    expect(await bridge.ended).toBe(0);
    expect(bridge.output()).toContain('"stopped"');
    await vi.waitFor(() => expect(() => process.kill(bridge.checker, 0)).toThrow('ESRCH'), 5_000);
  });

  it('A5 sets it aside and begins a new epoch where it is found broken', async () => {
    tear(path);
    const bridge = await startHeld();
    letGo();
    await isReady(bridge.url);
    const found = await catchUp(bridge, { ...question, cursor });
    expect(found).toMatchObject({ everything: true });
    expect(found.epoch).not.toBe(cursor.epoch);
    expect(readdirSync(folder).filter((name) => name.startsWith('journal.db.broken-'))).not.toEqual([]);
    await kill(bridge);
  });

  it('A5 goes on all the same where it cannot be checked', async () => {
    const bridge = await startHeld();
    process.kill(bridge.checker, 'SIGKILL');
    await isReady(bridge.url);
    expect(bridge.output()).toContain('could not be checked');
    expect(await catchUp(bridge, { ...question, cursor })).toMatchObject({ targets: [{ tag: 'before' }] });
    await kill(bridge);
  });
});
