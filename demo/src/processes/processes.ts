import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { Trouble } from '../trouble.ts';
import { endGroup, signalGroup } from './group.ts';
import type { Ledger } from './ledger.ts';
import { lastLines, tee } from './log.ts';

export type Program = {
  /** Names its log: `logs/NAME.log`. */
  name: string;
  command: string;
  args: string[];
  cwd?: string;
  environment?: Record<string, string>;
  /** Called with each line of standard output, which goes to the log all the same. */
  onLine?: (line: string) => void;
};

export type RunningProcess = {
  name: string;
  pid: number;
  running(): boolean;
  /** It keeps its memory and its connections, and does nothing, until it is thawed or ended. */
  freeze(): void;
  thaw(): void;
  frozen(): boolean;
  /** How it ended, in words; pending while it runs. */
  ended: Promise<string>;
  /** Rejects with its last lines once it ends by itself; pending for ever when it is stopped by us. */
  earlyEnd: Promise<never>;
  /** SIGTERM to its group, SIGKILL to what is left after the grace. */
  stop(): Promise<void>;
  /** SIGKILL to its group. */
  kill(): Promise<void>;
};

export type Processes = {
  start(program: Program): RunningProcess;
  /** Runs a program to its end. @throws {Trouble} with its last lines, when it fails. */
  run(program: Program): Promise<void>;
  /** From here on nothing can be started any more. */
  stopAll(): Promise<void>;
};

/** Everything that the demo starts, each in a process group of its own, so that nothing of it is left. */
export function createProcesses(options: { logs: string; ledger: Ledger }): Processes {
  const running = new Set<RunningProcess>();
  /** One that is started again goes on in its log; logs of earlier starts of the demo are dropped. */
  const logged = new Set<string>();
  let closed = false;

  const start = (program: Program): RunningProcess => {
    // A stop can come while the demo still starts; what would be started now, nobody would end.
    if (closed) throw new Trouble(`${program.name} was not started, because everything is being stopped.`);
    const logFile = join(options.logs, `${program.name}.log`);
    const log = openSync(logFile, logged.has(logFile) ? 'a' : 'w');
    logged.add(logFile);
    const child = spawn(program.command, program.args, {
      cwd: program.cwd,
      env: { ...process.env, ...program.environment },
      detached: true,
      stdio: ['ignore', program.onLine ? 'pipe' : log, log],
    });
    closeSync(log);
    if (program.onLine && child.stdout) tee(child.stdout, logFile, program.onLine);

    let meant = false;
    let frozen = false;
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`could not be started: ${error.message}`));
      child.once('exit', (code, signal) =>
        resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`),
      );
    });
    const earlyEnd = ended.then(async (how) => {
      if (meant) return new Promise<never>(() => {});
      throw new Trouble(`${program.name} ${how}.\n${await lastLines(logFile)}`);
    });
    // Nobody has to wait for it: an early end that no one looks at is no crash of the demo.
    earlyEnd.catch(() => {});

    const setFrozen = (wanted: boolean) => {
      if (!isRunning(child) || !child.pid) return;
      signalGroup(child.pid, wanted ? 'SIGSTOP' : 'SIGCONT');
      frozen = wanted;
    };
    const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
      meant = true;
      if (child.pid) await endGroup(child.pid, signal);
      await ended;
      running.delete(self);
    };
    const self: RunningProcess = {
      name: program.name,
      pid: child.pid ?? 0,
      running: () => isRunning(child),
      freeze: () => setFrozen(true),
      thaw: () => setFrozen(false),
      frozen: () => frozen && isRunning(child),
      ended,
      earlyEnd,
      stop: () => end('SIGTERM'),
      kill: () => end('SIGKILL'),
    };
    running.add(self);
    if (child.pid) options.ledger.add(child.pid);
    void ended.then(() => {
      if (child.pid) options.ledger.remove(child.pid);
    });
    return self;
  };

  return {
    start,
    run: async (program) => {
      const one = start(program);
      const how = await one.ended;
      running.delete(one);
      if (how !== 'ended with code 0') {
        throw new Trouble(
          `${program.name} ${how}.\n${await lastLines(join(options.logs, `${program.name}.log`))}`,
        );
      }
    },
    stopAll: async () => {
      closed = true;
      await Promise.all([...running].map((one) => one.stop()));
    },
  };
}

const isRunning = (child: ChildProcess) =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null;
