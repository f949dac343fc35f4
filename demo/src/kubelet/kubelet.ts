import { type Cursor, parseSecret, type Secret } from '@everypod/contract';
import type { PodPhase } from '../cluster.ts';
import { limits } from '../limits.ts';
import { probe } from './probe.ts';

/** What probing has found out about one pod. */
export type Watched = {
  name: string;
  ip: string;
  url: string;
  phase: Exclude<PodPhase, 'frozen' | 'stopped'>;
  cursor: Cursor | null;
  settled: Cursor | null;
  reason?: string;
};

export type Kubelet = {
  /** Probes a pod from now on, as one that has just started, whatever was known of it before. */
  watch(pod: { name: string; ip: string; url: string }): void;
  /** In the order in which they were first watched. */
  watched(): Watched[];
  ready(): Watched[];
  /** Calls back whenever a phase or a cursor has changed. */
  onChange(listener: () => void): () => void;
  stop(): void;
};

export type Periods = { periodMs: number; periodUntilReadyMs: number; failuresUntilNotReady: number };

const usual: Periods = {
  periodMs: limits.probePeriodMs,
  periodUntilReadyMs: limits.probePeriodUntilReadyMs,
  failuresUntilNotReady: limits.probeFailuresUntilNotReady,
};

/** Plays kubelet: the readiness probe decides which pods are in the Service. */
export function createKubelet(podSecret: string, periods: Periods = usual): Kubelet {
  const secret = parseSecret(podSecret);
  const pods = new Map<string, { watched: Watched; stop: AbortController }>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };

  return {
    watch: (pod) => {
      pods.get(pod.name)?.stop.abort();
      const stop = new AbortController();
      const watched: Watched = { ...pod, phase: 'starting', cursor: null, settled: null };
      pods.set(pod.name, { watched, stop });
      changed();
      void keepProbing(watched, { ...periods, secret }, stop.signal, changed);
    },
    watched: () => [...pods.values()].map(({ watched }) => watched),
    ready: () => [...pods.values()].map(({ watched }) => watched).filter(({ phase }) => phase === 'ready'),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      for (const { stop } of pods.values()) stop.abort();
    },
  };
}

async function keepProbing(
  pod: Watched,
  periods: Periods & { secret: Secret },
  signal: AbortSignal,
  changed: () => void,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = performance.now();
    const before = JSON.stringify(pod);
    const result = await probe(pod.url, periods.secret, signal);
    if (signal.aborted) return;
    if (result.passed) {
      failures = 0;
      pod.phase = 'ready';
      pod.cursor = result.cursor;
      pod.settled = result.settled;
      delete pod.reason;
    } else {
      failures += 1;
      pod.reason = result.reason;
      if (pod.phase === 'ready' && failures >= periods.failuresUntilNotReady) pod.phase = 'not ready';
    }
    if (JSON.stringify(pod) !== before) changed();
    const period = pod.phase === 'starting' ? periods.periodUntilReadyMs : periods.periodMs;
    await pause(period - (performance.now() - startedAt), signal);
  }
}

/** Ends early, and without an error, when the signal says so. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, Math.max(0, ms));
    signal.addEventListener('abort', done, { once: true });
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
