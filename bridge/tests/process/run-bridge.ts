import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import { afterThisTest, type World } from '../harness.ts';

export const program = fileURLToPath(new URL('../../bin/everypod-bridge.mjs', import.meta.url));

export type Running = {
  url: string;
  process: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
};

/** The bridge as a user runs it, just started. */
export function spawnBridge(world: World, port: number, { logLevel = 'trace' } = {}): Running {
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      ...world.environment,
      EVERYPOD_LISTEN: `127.0.0.1:${port}`,
      EVERYPOD_LOG_LEVEL: logLevel,
    },
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const ended = once(child, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : null));
  afterThisTest(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { url: `http://127.0.0.1:${port}`, process: child, output: () => output, ended };
}

/** Resolves once it is ready. */
export async function run(world: World, port: number, options = {}): Promise<Running> {
  const running = spawnBridge(world, port, options);
  await vi.waitFor(
    async () => {
      if (running.process.exitCode !== null) throw new Error(running.output());
      expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    },
    { timeout: 15_000, interval: 50 },
  );
  return running;
}

export async function kill(running: Running) {
  running.process.kill('SIGKILL');
  await running.ended;
}
