import { cursorSchema, getBody, newMessageId, parseSecret, sign } from '@everypod/contract';
import { z } from 'zod';
import type { Chronicle } from '../chronicle/chronicle.ts';
import { monotonicMs } from '../chronicle/clock.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import type { Random } from '../seed/random.ts';

/** Probes every pod's readiness route as a kubelet does, and knows which are ready. */
export type Kubelet = {
  /** `secrets` for a pod that tells how it stands only to who has them; a model tells it anyway. */
  watch(ip: string, secrets?: () => readonly string[]): void;
  forget(ip: string): void;
  readyIps(): string[];
  /** The last probe of each watched pod. */
  lastProbes(): Map<string, Probe | null>;
  stop(): void;
};

type Options = {
  port: number;
  chronicle: Chronicle;
  random: Random;
  probePeriodMs: number;
  /** Told when a life of a pod has become ready. */
  becameReady: (ip: string) => void;
};

export const readyPath = '/siteapi/ready';

const answerSchema = z.looseObject({
  pod: z.looseObject({ instance: z.string() }),
  cursor: cursorSchema.nullable(),
  settled: cursorSchema.nullable(),
  readyBy: z.string().nullish(),
});

export type Probe = { status: number; instance: string; cursor: Cursor; settled: Cursor; readyBy: string };
type Cursor = z.infer<typeof answerSchema>['cursor'];
type Watched = {
  ready: boolean;
  failures: number;
  last: Probe | null;
  timer: NodeJS.Timeout | undefined;
  secrets: () => readonly string[];
};

export function createKubelet({ port, chronicle, random, probePeriodMs, becameReady }: Options): Kubelet {
  const pods = new Map<string, Watched>();

  async function probeOnce(ip: string, secrets: readonly string[]): Promise<Probe> {
    const from = monotonicMs();
    const url = `http://${ip}:${port}${readyPath}`;
    const headers = signedFor(secrets);
    const { status, text } = await call({ url, headers, deadlineMs: limits.probeDeadlineMs });
    const probe = { ...standing(text), status };
    chronicle.note({ what: 'probe', from, ip, ...probe });
    return probe;
  }

  function take(ip: string, pod: Watched, probe: Probe) {
    const restarted = pod.last !== null && probe.instance !== '' && pod.last.instance !== probe.instance;
    // A container that was restarted is not ready until it says so, as its own kubelet knows.
    if (restarted) pod.ready = false;
    if (probe.instance !== '') pod.last = probe;
    if (probe.status === 200) {
      const wasReady = pod.ready;
      pod.failures = 0;
      pod.ready = true;
      if (!wasReady) becameReady(ip);
      return;
    }
    pod.failures += 1;
    if (pod.failures >= limits.probesUntilNotReady) pod.ready = false;
  }

  function schedule(ip: string, pod: Watched, afterMs: number) {
    pod.timer = setTimeout(async () => {
      const startedAt = monotonicMs();
      const probe = await probeOnce(ip, pod.secrets());
      if (pods.get(ip) !== pod) return;
      take(ip, pod, probe);
      const periodMs = pod.ready ? probePeriodMs : Math.min(limits.probePeriodUntilReadyMs, probePeriodMs);
      schedule(ip, pod, Math.max(0, periodMs - (monotonicMs() - startedAt)));
    }, afterMs);
  }

  return {
    watch(ip, secrets = () => []) {
      const pod: Watched = { ready: false, failures: 0, last: null, timer: undefined, secrets };
      pods.set(ip, pod);
      schedule(ip, pod, random.whole(0, limits.probePeriodUntilReadyMs));
    },
    forget(ip) {
      clearTimeout(pods.get(ip)?.timer);
      pods.delete(ip);
    },
    readyIps: () => [...pods].filter(([, pod]) => pod.ready).map(([ip]) => ip),
    lastProbes: () => new Map([...pods].map(([ip, pod]) => [ip, pod.last])),
    stop() {
      for (const ip of [...pods.keys()]) this.forget(ip);
    },
  };
}

/** Headers of a question that is answered with how a pod stands; none without secrets, as kubelet asks. */
export function signedFor(secrets: readonly string[]): Record<string, string> {
  if (secrets.length === 0) return {};
  return { ...sign(secrets.map(parseSecret), newMessageId('kubelet'), Date.now(), getBody(readyPath)) };
}

function standing(text: string): Omit<Probe, 'status'> {
  const none = { instance: '', cursor: null, settled: null, readyBy: '' };
  try {
    const parsed = answerSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return none;
    const { pod, cursor, settled, readyBy } = parsed.data;
    return { instance: pod.instance, cursor, settled, readyBy: readyBy ?? '' };
  } catch {
    return none;
  }
}
