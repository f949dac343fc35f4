import { type ChildProcess, type SendHandle, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export type Program = {
  name: string;
  command?: string;
  args: string[];
  environment?: Record<string, string>;
  folder?: string;
  /** A channel for messages, for programs of this suite. */
  channel?: boolean;
};

export type Running = {
  name: string;
  pid: number;
  runs(): boolean;
  ended: Promise<unknown>;
  signal(signal: NodeJS.Signals): void;
  /** SIGTERM, and SIGKILL to what is left after the grace. */
  stop(graceMs: number): Promise<void>;
  kill(): Promise<void>;
  send(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
};

/** Starts programs, and sees to it that none outlives this process, even when it is killed. */
export type Programs = {
  start(program: Program): Running;
  logs: string;
  running(): Running[];
  /** A folder that is unmounted when all ends. */
  mounted(folder: string): void;
  stopAll(): Promise<void>;
  /** Ends what watches over it all. */
  close(): void;
};

export function createPrograms(logs: string): Programs {
  mkdirSync(logs, { recursive: true });
  const reaper = spawn(process.execPath, [fileURLToPath(new URL('reaper.ts', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Ctrl-C reaches a whole group; the reaper has to outlive it.
    detached: true,
  });
  const tell = (message: object) => void (reaper.connected && reaper.send(message));
  const all = new Set<Running>();

  function start({
    name,
    command = process.execPath,
    args,
    environment = {},
    folder,
    channel = false,
  }: Program) {
    const log = openSync(join(logs, `${name}.log`), 'a');
    const child = spawn(command, args, {
      ...(folder !== undefined && { cwd: folder }),
      env: { ...process.env, ...environment },
      stdio: ['ignore', log, log, ...(channel ? ['ipc' as const] : [])],
      serialization: 'json',
    });
    closeSync(log);
    const running = runningOf(name, child);
    all.add(running);
    tell({ add: running.pid });
    void running.ended.then(() => {
      all.delete(running);
      tell({ remove: running.pid });
    });
    return running;
  }

  return {
    start,
    logs,
    running: () => [...all],
    mounted: (folder) => tell({ mounted: folder }),
    async stopAll() {
      await Promise.all([...all].map((one) => one.kill()));
    },
    close() {
      if (reaper.connected) reaper.disconnect();
    },
  };
}

function runningOf(name: string, child: ChildProcess): Running {
  const runs = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const ended = Promise.race([once(child, 'exit'), once(child, 'error')]).catch(() => {});
  const signal = (which: NodeJS.Signals) => void (runs() && child.kill(which));
  const kill = async () => {
    signal('SIGKILL');
    await ended;
  };
  return {
    name,
    pid: child.pid ?? 0,
    runs,
    ended,
    signal,
    kill,
    async stop(graceMs) {
      signal('SIGTERM');
      const inTime = await Promise.race([ended.then(() => true), sleep(graceMs, false, { ref: false })]);
      if (!inTime) await kill();
    },
    send: (message) =>
      void (runs() && child.connected && child.send(message as SendHandle & object, () => {})),
    onMessage: (listener) => void child.on('message', listener),
  };
}
