import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Chronicle } from '../chronicle/chronicle.ts';
import { monotonicMs } from '../chronicle/clock.ts';
import { limits } from '../limits.ts';
import type { NextPod } from '../next/next-pod.ts';
import { call } from '../outbound.ts';
import type { Random } from '../seed/random.ts';

/** Visitors, who only ever meet ready pods: they read what was just saved, and again once the bound is over. */
export type Readers = {
  saved(paths: readonly string[]): void;
  becameReady(ip: string): void;
  read(ip: string, paths: readonly string[]): Promise<void>;
  /** Reads these pages from all ready pods now. */
  readAll(paths: readonly string[]): Promise<void>;
  stop(): void;
};

type Options = {
  port: number;
  chronicle: Chronicle;
  random: Random;
  paths: readonly string[];
  readyIps: () => string[];
  /** Pods that are asked page by page. */
  nextPods: readonly NextPod[];
  boundMs: number;
};

const answerSchema = z.strictObject({ versions: z.record(z.string(), z.int()), instance: z.string() });
type Saved = { path: string; at: number };

export function createReaders({
  port,
  chronicle,
  random,
  paths,
  readyIps,
  nextPods,
  boundMs,
}: Options): Readers {
  let saves: Saved[] = [];
  let stopped = false;

  async function read(ip: string, wanted: readonly string[], first = false) {
    if (wanted.length === 0) return;
    const nextPod = nextPods.find((pod) => pod.ip === ip);
    if (nextPod)
      return readPageByPage(nextPod, first ? wanted : wanted.slice(0, limits.nextPagesPerVisit), first);
    const from = monotonicMs();
    const query = wanted.map((path) => `path=${encodeURIComponent(path)}`).join('&');
    const answered = await call({
      url: `http://${ip}:${port}/copies?${query}`,
      deadlineMs: limits.readDeadlineMs,
    });
    if (answered.status !== 200) return;
    const parsed = answerSchema.safeParse(parseJson(answered.text));
    // At a recycled address something else may answer.
    if (parsed.success) chronicle.note({ what: 'read', from, ip, first, ...parsed.data });
  }

  async function readPageByPage(pod: NextPod, wanted: readonly string[], first: boolean) {
    for (const path of wanted) {
      const from = monotonicMs();
      const instance = pod.instance();
      const version = await pod.version(path);
      // Read from one life from beginning to end, or from nobody knows which.
      if (version === null || instance === '' || instance !== pod.instance()) continue;
      chronicle.note({ what: 'read', from, ip: pod.ip, first, versions: { [path]: version }, instance });
    }
  }

  /** What was saved long enough ago to be judged, and as much of what has just been saved. */
  function pages(count: number): string[] {
    const now = monotonicMs();
    const due = saves.filter(({ at }) => now - at > boundMs);
    const fresh = saves.filter(({ at }) => now - at <= boundMs).slice(-count);
    const chosen = [...due.slice(-4 * count), ...fresh].map(({ path }) => path);
    const some = chosen.length > 0 ? Array.from({ length: count }, () => random.pick(chosen)) : [];
    return [...new Set([...some, random.pick(paths)])];
  }

  function forgetOld() {
    const now = monotonicMs();
    saves = saves.filter(({ at }) => now - at < limits.savesRememberedMs);
  }

  async function visit() {
    while (!stopped) {
      const ips = readyIps();
      await sleep(1_000 / Math.max(1, (ips.length * limits.visitsPerPodPerMinute) / 60));
      if (ips.length > 0) void read(random.pick(ips), pages(limits.pagesPerVisit));
      if (random.chance(0.02)) forgetOld();
    }
  }
  void visit();

  return {
    read,
    saved(changed) {
      const at = monotonicMs();
      saves.push(...changed.slice(0, limits.pagesPerVisit).map((path) => ({ path, at })));
      // Somebody looks at once, so that a page is being rendered when the next change comes.
      const ips = readyIps();
      if (ips.length > 0) void read(random.pick(ips), changed.slice(0, 2));
    },
    becameReady: (ip) => void read(ip, [...new Set(saves.slice(-40).map(({ path }) => path))], true),
    async readAll(wanted) {
      const parts = partsOf(wanted, limits.pagesPerSweep);
      // All pods at once: what is slow is a page that takes long to render, and nobody's processor.
      await Promise.all(
        readyIps().map(async (ip) => {
          const nextPod = nextPods.find((pod) => pod.ip === ip);
          if (nextPod) return readPageByPage(nextPod, wanted, false);
          for (const part of parts) await read(ip, part);
        }),
      );
    },
    stop: () => {
      stopped = true;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function partsOf(paths: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(paths.length / size) }, (_, index) =>
    paths.slice(index * size, (index + 1) * size),
  );
}
