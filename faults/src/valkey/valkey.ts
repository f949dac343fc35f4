import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../chronicle/clock.ts';
import { limits } from '../limits.ts';
import type { Programs, Running } from '../processes/programs.ts';

/** The server that several bridges keep their journal in, set up to keep what it confirms. */
export type Valkey = {
  /** With its password. */
  url: string;
  password: string;
  folder: string;
  start(): Promise<void>;
  /** As a power cut would. */
  kill(): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** What it has on disk now; only while it is down. */
  snapshot(): void;
  /** Back to the snapshot; only while it is down. */
  rollBack(): void;
  /** Everything is gone; only while it is down. */
  lose(): void;
};

/** Null where neither server is installed. */
export function findValkey(): string | null {
  return (
    ['valkey-server', 'redis-server'].find((name) => spawnSync(name, ['--version']).status === 0) ?? null
  );
}

type Options = { program: string; ip: string; port: number; folder: string; programs: Programs };

export function createValkey({ program, ip, port, folder, programs }: Options): Valkey {
  const password = randomBytes(24).toString('base64url');
  const kept = `${folder}.snapshot`;
  let running: Running | null = null;

  const settings = {
    port: String(port),
    bind: ip,
    dir: folder,
    requirepass: password,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
    // Its log is written anew once it has doubled, from here on; by default only from 64 MB on.
    'auto-aof-rewrite-min-size': '16mb',
  };

  return {
    url: `redis://:${encodeURIComponent(password)}@${ip}:${port}/0`,
    password,
    folder,
    async start() {
      mkdirSync(folder, { recursive: true });
      const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
      running = programs.start({ name: 'valkey', command: program, args });
      const giveUpAt = monotonicMs() + limits.programStartMs;
      while (!(await listens(ip, port))) {
        if (monotonicMs() > giveUpAt)
          throw new Error(`${program} did not start; see ${programs.logs}/valkey.log.`);
        await sleep(limits.heartbeatMs);
      }
    },
    kill: async () => running?.kill(),
    signal: (signal) => running?.signal(signal),
    snapshot() {
      rmSync(kept, { recursive: true, force: true });
      cpSync(folder, kept, { recursive: true });
    },
    rollBack() {
      rmSync(folder, { recursive: true });
      cpSync(kept, folder, { recursive: true });
    },
    lose: () => rmSync(folder, { recursive: true }),
  };
}

function listens(ip: string, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: ip, port });
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}
