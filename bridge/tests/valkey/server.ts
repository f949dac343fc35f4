import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, rmSync } from 'node:fs';
import { Redis } from 'iovalkey';
import { vi } from 'vitest';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { afterThisTest, temporaryFolder } from '../harness.ts';

const program = ['valkey-server', 'redis-server'].find((name) => spawnSync(name, ['--version']).status === 0);

/** The settings that make it keep what it confirms. */
const durable = { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' };

export type TestValkey = {
  url: string;
  port: number;
  /** As an administrator would, on a connection of its own. */
  ask(command: string, ...args: string[]): Promise<unknown>;
  start(): Promise<void>;
  /** As a power cut would. */
  kill(): Promise<void>;
  /** Stops answering, with its connections open. */
  freeze(): void;
  thaw(): void;
  /** A copy of its files, to be restored while it is down. */
  snapshot(): { restore(): void };
};

/** A real server in a folder and at a loopback port of its own. */
export async function startValkey(settings: Record<string, string> = {}): Promise<TestValkey> {
  if (program === undefined) throw new Error('Neither valkey-server nor redis-server is installed.');
  const folder = temporaryFolder();
  const port = await freePort();
  const given = Object.entries({ ...durable, ...settings }).flatMap(([name, value]) => [`--${name}`, value]);
  let child: ChildProcess | undefined;

  const password = settings.requirepass ?? '';

  const server: TestValkey = {
    url: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    port,
    async ask(command, ...args) {
      const client = new Redis({
        host: '127.0.0.1',
        port,
        password,
        retryStrategy: () => null,
        lazyConnect: true,
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return await client.call(command, ...args);
      } finally {
        client.disconnect();
      }
    },
    async start() {
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...given];
      child = spawn(program, args, { stdio: 'ignore' });
      await vi.waitFor(() => server.ask('PING'), { timeout: 10_000, interval: 30 });
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    snapshot() {
      const copy = temporaryFolder();
      cpSync(folder, copy, { recursive: true });
      return {
        restore() {
          rmSync(folder, { recursive: true });
          cpSync(copy, folder, { recursive: true });
        },
      };
    },
  };
  await server.start();
  afterThisTest(() => server.kill());
  return server;
}
