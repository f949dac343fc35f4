import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { BuiltApp } from '../../../pod/tests/next/surroundings/build.ts';
import { changeServed } from '../../../pod/tests/next/surroundings/unguard.ts';
import type { Chronicle } from '../chronicle/chronicle.ts';
import { monotonicMs } from '../chronicle/clock.ts';
import { readyPath, signedFor } from '../kubelet/kubelet.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import type { Programs, Running } from '../processes/programs.ts';

/** A real Next.js server of a standalone build, with the package in it. */
export type NextPod = {
  name: string;
  ip: string;
  url: string;
  /** Of the life that runs now; empty while none does. */
  instance(): string;
  frozen(): boolean;
  pid(): number;
  /** Resolves once it serves. A new life starts from a new copy of the image, as a container does. */
  start(): Promise<void>;
  kill(): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** What a page says; null when it says nothing. */
  version(path: string): Promise<number | null>;
};

type Options = {
  app: BuiltApp;
  /** Whether the guard is around Next.js's own cache, as the build has it. */
  guarded?: boolean;
  name: string;
  ip: string;
  port: number;
  originUrl: string;
  slowRenderMs: number;
  /** The pod secrets of the moment. */
  secrets: () => readonly string[];
  environment: Record<string, string>;
  programs: Programs;
  chronicle: Chronicle;
};

const readySchema = z.looseObject({ pod: z.looseObject({ instance: z.string() }) });

export function createNextPod(options: Options): NextPod {
  const { app, guarded = true, name, ip, port, programs, chronicle } = options;
  const url = `http://${ip}:${port}`;
  let running: Running | null = null;
  let instance = '';
  let frozen = false;
  let copy = '';

  async function whoServes(): Promise<string> {
    const { text } = await call({
      url: url + readyPath,
      headers: signedFor(options.secrets()),
      deadlineMs: limits.probeDeadlineMs,
    });
    try {
      return readySchema.parse(JSON.parse(text)).pod.instance;
    } catch {
      return '';
    }
  }

  return {
    name,
    ip,
    url,
    instance: () => instance,
    frozen: () => frozen,
    pid: () => (running?.runs() ? running.pid : 0),
    async start() {
      // Beside the build, whose links to what it needs are relative.
      copy = mkdtempSync(join(dirname(app.folder), 'running-'));
      cpSync(app.folder, copy, { recursive: true, verbatimSymlinks: true });
      changeServed(copy, { guarded });
      running = programs.start({
        name,
        args: [join(copy, 'server.js')],
        environment: {
          NODE_ENV: 'production',
          PORT: String(port),
          HOSTNAME: ip,
          POD_IP: ip,
          POD_NAME: name,
          TEST_ORIGIN_URL: options.originUrl,
          TEST_SLOW_RENDER_MS: String(options.slowRenderMs),
          ...options.environment,
        },
      });
      const giveUpAt = monotonicMs() + limits.readyWithinMs;
      while (instance === '' && monotonicMs() < giveUpAt) {
        instance = await whoServes();
        if (instance === '') await sleep(limits.heartbeatMs);
      }
      if (instance === '') throw new Error(`${name} does not serve; see ${programs.logs}/${name}.log.`);
      // Its image was built before this run, whenever that was.
      chronicle.note({
        what: 'born',
        ip,
        pod: name,
        instance,
        host: name,
        contentFrom: 0,
        logs: false,
        guarded,
        shorterMs: limits.settlingDelayMs - options.slowRenderMs,
      });
    },
    async kill() {
      await running?.kill();
      if (copy !== '') rmSync(copy, { recursive: true, force: true });
      if (instance !== '') chronicle.note({ what: 'died', instance });
      instance = '';
    },
    signal(signal) {
      frozen = signal === 'SIGSTOP';
      chronicle.note({ what: frozen ? 'frozen' : 'thawed', process: name });
      running?.signal(signal);
    },
    async version(path) {
      const { status, text } = await call({ url: url + path, deadlineMs: limits.readDeadlineMs });
      const found = /version:(\d+)/.exec(text);
      return status === 200 && found ? Number(found[1]) : null;
    },
  };
}
