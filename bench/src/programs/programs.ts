import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { limits } from '../limits.ts';
import { type Told, toldSchema } from './told.ts';

export type Program = {
  /** Resolves once it says that it listens: the addresses it serves. */
  listening(): Promise<string[]>;
  /** Processor time since it started, all threads together. */
  cpuMicros(): Promise<number>;
  runs(): boolean;
  stop(): Promise<void>;
};

/** Runs what is measured in processes of its own, so that the load and the server don't share one thread. */
export type Programs = {
  start(file: URL, environment?: Record<string, string>): Program;
  stopAll(): Promise<void>;
};

const answering = new URL('answering.ts', import.meta.url).href;

export function createPrograms(): Programs {
  const all = new Set<Program>();
  return {
    start(file, environment = {}) {
      const child = fork(fileURLToPath(file), [], {
        execArgv: ['--import', answering],
        env: { ...process.env, NODE_NO_WARNINGS: '1', ...environment },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const program = programOf(child);
      all.add(program);
      return program;
    },
    async stopAll() {
      await Promise.all([...all].map((program) => program.stop()));
      all.clear();
    },
  };
}

function programOf(child: ChildProcess): Program {
  const listens = Promise.withResolvers<string[]>();
  const questions: Array<(cpuMicros: number) => void> = [];
  const ended = once(child, 'exit').then(() => undefined);
  listens.promise.catch(() => undefined);
  ended.then(() => listens.reject(new Error('A program ended before it listened; it says why above.')));
  child.on('message', (message) => hear(toldSchema.parse(message)));

  function hear(told: Told) {
    if ('listensAt' in told) listens.resolve(told.listensAt);
    else questions.shift()?.(told.cpuMicros);
  }

  const runs = () => child.exitCode === null && child.signalCode === null;
  return {
    runs,
    listening: () => inTime(listens.promise, limits.programStartMs, 'A program did not listen in time.'),
    cpuMicros() {
      const { promise, resolve } = Promise.withResolvers<number>();
      questions.push(resolve);
      child.send('cpu');
      return inTime(promise, limits.programStartMs, 'A program did not say what processor time it used.');
    },
    async stop() {
      if (!runs()) return;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), limits.programStopMs);
      await ended;
      clearTimeout(late);
    },
  };
}

async function inTime<T>(awaited: Promise<T>, ms: number, otherwise: string): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(otherwise)), ms);
  try {
    return await Promise.race([awaited, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
