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

/** The bridge as a user runs it. Resolves once it is ready. */
export async function run(world: World, port: number, { logLevel = 'trace' } = {}): Promise<Running> {
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
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(output);
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    },
    { timeout: 15_000, interval: 50 },
  );
  return { url, process: child, output: () => output, ended };
}

export async function kill(running: Running) {
  running.process.kill('SIGKILL');
  await running.ended;
}
