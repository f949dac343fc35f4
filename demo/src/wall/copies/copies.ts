import type { Cluster, PodView } from '../../cluster.ts';
import { limits } from '../../limits.ts';
import { call } from '../../outbound.ts';
import { createPageMemory } from '../pages/page-memory.ts';
import { type Copy, readCopy } from './copy.ts';
import { createLook, type Look } from './look.ts';
import { moment } from './moment.ts';

export type PodCopy = { pod: PodView; copy: Copy | null; unanswered: string | null };

export type Copies = {
  /** Asks every pod for the page and waits a moment; what comes later is seen the next time. */
  look(page: string): Promise<PodCopy[]>;
  /** The copy that the last look saw. */
  seen(page: string, podName: string): Copy | undefined;
};

type Answer = Copy | { unanswered: string };

/** Keeps what the pods showed of the pages looked at last. It only ever sends GET, as a visitor does. */
export function createCopies({ cluster }: { cluster: Cluster }): Copies {
  const looksAt = createPageMemory(() => new Map<string, Look<Answer>>());

  return {
    async look(page) {
      const looks = looksAt.of(page);
      const pods = cluster.pods();
      const answering = new Set(pods.filter(canAnswer).map((pod) => pod.name));
      for (const name of looks.keys()) if (!answering.has(name)) looks.delete(name);

      const underWay = pods.flatMap((pod) => {
        if (!canAnswer(pod)) return [];
        const look = looks.get(pod.name) ?? createLook(() => ask(pod.url, page), limits.wallLookPeriodMs);
        looks.set(pod.name, look);
        return look.again();
      });
      await Promise.race([Promise.all(underWay), moment(limits.wallPatienceMs)]);

      return cluster.pods().map((pod) => describe(pod, looks.get(pod.name)?.latest()));
    },
    seen(page, podName) {
      const latest = looksAt.peek(page)?.get(podName)?.latest();
      return latest && 'html' in latest ? latest : undefined;
    },
  };
}

const canAnswer = ({ running, frozen }: PodView) => running && !frozen;

async function ask(podUrl: string, page: string): Promise<Answer> {
  const answer = await call(`${podUrl}${page}`, { timeoutMs: limits.wallLookTimeoutMs });
  return 'unanswered' in answer ? answer : readCopy(answer.status, answer.body.toString('utf8'));
}

function describe(pod: PodView, latest: Answer | undefined): PodCopy {
  if (!pod.running) return { pod, copy: null, unanswered: 'No process runs for this pod.' };
  if (pod.frozen) return { pod, copy: null, unanswered: 'Its process is frozen: whoever asks it waits.' };
  if (!latest) return { pod, copy: null, unanswered: null };
  return 'html' in latest
    ? { pod, copy: latest, unanswered: null }
    : { pod, copy: null, unanswered: latest.unanswered };
}
