import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../src/limits.ts';
import { statOf } from '../src/processes/group.ts';
import { openLedger } from '../src/processes/ledger.ts';
import { createProcesses, type Processes } from '../src/processes/processes.ts';

let folder: string;
let ledger: string;
let processes: Processes;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everypod-processes-'));
  ledger = join(folder, 'processes.json');
  processes = createProcesses({ logs: folder, ledger: openLedger(ledger) });
});

afterEach(async () => {
  await processes.stopAll();
  await rm(folder, { recursive: true, force: true });
});

const node = (name: string, script: string) => ({ name, command: process.execPath, args: ['-e', script] });
const waits = 'setInterval(() => {}, 1000)';
/** Starts a process of its own, as PHP's server does, and says its number. */
const hasWorker = `const w = require('child_process').spawn(process.execPath, ['-e', '${waits}'], {stdio: 'ignore'}); console.log(w.pid); ${waits}`;

/** A dead process that nobody has reaped yet still takes signals; Linux tells. */
function lives(pid: number): boolean {
  if (process.platform === 'linux') return !['Z', undefined].includes(statOf(pid)[0]);
  return spawnSync('kill', ['-0', String(pid)]).status === 0;
}

async function workerOf(name: string): Promise<number> {
  const file = join(folder, `${name}.log`);
  return vi.waitFor(
    async () => {
      const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
      expect(pid).toBeGreaterThan(0);
      return pid;
    },
    { timeout: 10_000 },
  );
}

describe('a process that the demo has started', () => {
  it.each(['stop', 'kill'] as const)('takes its own children along on %s', async (way) => {
    const parent = processes.start(node('parent', hasWorker));
    const worker = await workerOf('parent');
    await parent[way]();
    expect([parent.running(), lives(worker)]).toEqual([false, false]);
  });

  it('stands still when it is frozen, and goes on when it is thawed', async () => {
    const lines: string[] = [];
    const ticking = processes.start({
      ...node('ticking', 'setInterval(() => console.log("tick"), 10)'),
      onLine: (line) => lines.push(line),
    });
    await vi.waitFor(() => expect(lines.length).toBeGreaterThan(1), { timeout: 10_000 });
    ticking.freeze();
    expect([ticking.frozen(), ticking.running()]).toEqual([true, true]);
    if (process.platform === 'linux') await vi.waitFor(() => expect(statOf(ticking.pid)[0]).toBe('T'));
    ticking.thaw();
    expect(ticking.frozen()).toBe(false);
    const before = lines.length;
    await vi.waitFor(() => expect(lines.length).toBeGreaterThan(before + 1), { timeout: 10_000 });
  });

  it.each(['stop', 'kill'] as const)('ends while it is frozen on %s, well within the grace', async (way) => {
    const parent = processes.start(node('parent', hasWorker));
    const worker = await workerOf('parent');
    parent.freeze();
    const startedAt = performance.now();
    await parent[way]();
    expect([parent.running(), parent.frozen(), lives(worker)]).toEqual([false, false, false]);
    expect(performance.now() - startedAt).toBeLessThan(limits.stopGraceMs);
  });

  it('gives its lines to whoever wants them, and to its log', async () => {
    const lines: string[] = [];
    await processes.run({
      ...node('talker', 'console.log("one\\ntwo")'),
      onLine: (line) => lines.push(line),
    });
    await vi.waitFor(() => expect(lines).toEqual(['one', 'two']));
    await vi.waitFor(async () =>
      expect(await readFile(join(folder, 'talker.log'), 'utf8')).toBe('one\ntwo\n'),
    );
  });

  it('that ends by itself tells how, with its last lines and the name of its log', async () => {
    const dying = processes.start(node('dying', 'console.error("no database"); process.exit(3)'));
    const error = await dying.earlyEnd.catch((thrown: Error) => thrown);
    expect(error.message).toMatch(/dying ended with code 3[\s\S]*dying\.log[\s\S]*no database/);
  });

  it('that could not be started says so', async () => {
    const missing = processes.start({ name: 'missing', command: join(folder, 'nothing-here'), args: [] });
    await expect(missing.earlyEnd).rejects.toThrow('missing could not be started');
  });

  it('that was run to its end in vain is an error with its last lines', async () => {
    await expect(
      processes.run(node('failing', 'console.error("type error"); process.exit(1)')),
    ).rejects.toThrow('type error');
  });

  it('ends with all the others', async () => {
    const both = [processes.start(node('one', waits)), processes.start(node('two', waits))];
    await processes.stopAll();
    expect(both.map((one) => one.running())).toEqual([false, false]);
  });
});

describe('what a crash left running', () => {
  it('is ended by the next start', async () => {
    const left = processes.start(node('left', hasWorker));
    const worker = await workerOf('left');
    openLedger(ledger);
    await vi.waitFor(() => expect([left.running(), lives(worker)]).toEqual([false, false]), {
      timeout: 5_000,
    });
  });

  it('is not mistaken for a later process with the same number', async () => {
    const other = spawn(process.execPath, ['-e', waits], { detached: true, stdio: 'ignore' });
    const pid = other.pid ?? 0;
    await writeFile(ledger, JSON.stringify([{ pid, born: 'long ago' }]));
    openLedger(ledger);
    expect(lives(pid)).toBe(true);
    other.kill('SIGKILL');
  });
});
