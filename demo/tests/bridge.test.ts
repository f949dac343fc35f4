import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecret } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../fan-out/tests/free-port.ts';
import { startBridge } from '../src/bridge/bridge.ts';
import { hold } from '../src/ports/hold.ts';
import { openLedger } from '../src/processes/ledger.ts';
import { createProcesses, type Processes, type RunningProcess } from '../src/processes/processes.ts';

let folder: string;
let port: number;
let processes: Processes;
let started: RunningProcess[];
let told: string[];
let back: number;
let bridge: Awaited<ReturnType<typeof startBridge>>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everypod-bridge-'));
  port = await freePort();
  processes = createProcesses({ logs: folder, ledger: openLedger(join(folder, 'processes.json')) });
  started = [];
  told = [];
  back = 0;
  bridge = await startBridge({
    port,
    service: 'pods.test',
    podPort: 1,
    dns: '127.0.0.1:1',
    wordpress: 'http://127.0.0.1:1',
    secrets: { secret: newSecret(), podSecret: newSecret() },
    journal: join(folder, 'journal.sqlite'),
    processes: {
      ...processes,
      start: (program) => {
        const process = processes.start(program);
        started.push(process);
        return process;
      },
    },
    onLine: () => {},
    onEarlyEnd: (sentence) => told.push(sentence),
    changed: () => {},
  });
  bridge.onBack(() => {
    back += 1;
  });
});

afterEach(async () => {
  await processes.stopAll();
  // A bridge that was started twice at a time may still be closing its journal.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
});

describe('the bridge of the demo', () => {
  it('goes on at the same address once it was cut off and brought back', async () => {
    await bridge.stop();
    expect([bridge.running(), await answers()]).toEqual([false, false]);
    await bridge.start();
    expect([bridge.running(), await answers(), back]).toEqual([true, true, 1]);
  });

  it('that is brought back while it is on its way out is waited for', async () => {
    const out = bridge.stop();
    await bridge.start();
    await out;
    expect([bridge.running(), await answers(), back, told]).toEqual([true, true, 1, []]);
  });

  it('that failed on its way back can be brought back later', async () => {
    await bridge.stop();
    const other = await takePort();
    await expect(bridge.start()).rejects.toThrow(/bridge ended with code 1[\s\S]*EADDRINUSE/);
    expect([bridge.running(), back]).toEqual([false, 0]);
    await other.letGo();
    await bridge.start();
    expect([bridge.running(), await answers(), back]).toEqual([true, true, 1]);
  });

  it('is started once when it is brought back twice at a time, and each is told once it takes events', async () => {
    await bridge.stop();
    const each = async () => {
      await bridge.start();
      return answers();
    };
    expect(await Promise.all([each(), each()])).toEqual([true, true]);
    expect([started.length, back]).toEqual([2, 1]);
  });

  it('that was cut off on its way back says so, and can be brought back', async () => {
    await bridge.stop();
    const onItsWay = bridge.start();
    const outcome = expect(onItsWay).rejects.toThrow('cut off before it took events');
    await bridge.stop();
    await outcome;
    expect([bridge.running(), back]).toEqual([false, 0]);
    await bridge.start();
    expect([bridge.running(), back]).toEqual([true, 1]);
  });
});

describe('a bridge that ends by itself', () => {
  it('is started again', async () => {
    crash();
    await vi.waitFor(() => expect([bridge.running(), back]).toEqual([true, 1]), { timeout: 15_000 });
    expect(told).toEqual([expect.stringContaining('bridge was ended by SIGKILL')]);
  });

  it('and fails when it is started again can be brought back later', async () => {
    crash();
    await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 15_000 });
    const other = await takePort();
    await vi.waitFor(() => expect(told).toHaveLength(2), { timeout: 15_000 });
    expect([bridge.running(), back]).toEqual([false, 0]);
    await other.letGo();
    await bridge.start();
    expect([bridge.running(), await answers(), back]).toEqual([true, true, 1]);
  });
});

function crash() {
  process.kill(started.at(-1)?.pid ?? 0, 'SIGKILL');
}

/** So that a bridge that is started now fails. */
async function takePort() {
  const held = await hold('127.0.0.1', port);
  if (typeof held === 'string') throw new Error(`The port is ${held}.`);
  return held;
}

async function answers(): Promise<boolean> {
  const answer = await fetch(`${bridge.url}/readyz`).catch(() => null);
  return answer?.status === 200;
}
