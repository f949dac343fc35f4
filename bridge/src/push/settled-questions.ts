import type { AnswerTrust, SettledAnswer } from '@everypod/contract';
import { askSettled, covers, type PodAddress, type Turns } from '@everypod/fan-out';
import type { Journal } from '../journal/journal.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { PodNews } from '../pods/registry.ts';
import type { OpenEvent } from '../report/open-event.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import { newsIn } from './news.ts';
import { createPause } from './pause.ts';

/**
 * Asks pods when they have settled, right after they have answered a push: one question at a time to each, in no push slot,
 * for the oldest event that waits for it. What no question brings, the pod's next catch-up does.
 */
export type SettledQuestions = {
  /** The pod has applied this event, and takes such questions. */
  want(address: PodAddress, event: OpenEvent, epoch: string): void;
  /** Calls off what is open. */
  stop(): Promise<void>;
};

type Options = {
  journal: Journal;
  secrets: SecretSource;
  answers: AnswerTrust;
  turns: Turns;
  /** Beside the wait. */
  deadlineMs: number;
  log: Log;
  limits: Limits;
  now: () => number;
  heard: (news: PodNews) => void;
};

type Asked = { wanted: Map<OpenEvent, string>; running: Promise<void> };

export function createSettledQuestions(options: Options): SettledQuestions {
  const { journal, secrets, answers, turns, deadlineMs, log, limits, now, heard } = options;
  const asked = new Map<string, Asked>();
  const over = new AbortController();
  const pauses = new Set<ReturnType<typeof createPause>>();

  async function run(address: PodAddress, wanted: Map<OpenEvent, string>) {
    const pause = createPause();
    pauses.add(pause);
    try {
      for (let oldest = next(address, wanted); oldest; oldest = next(address, wanted)) {
        const startedAt = performance.now();
        const [event, epoch] = oldest;
        const leftMs = Math.max(0, event.budgetEndsAt - now());
        const answer = await askSettled({
          address,
          question: { epoch, upTo: event.seq, waitMs: Math.min(limits.settledWaitMs, leftMs) },
          secrets: secrets.current(),
          answers,
          turns,
          deadlineMs,
          signal: over.signal,
          now,
        });
        if (over.signal.aborted) return;
        if (answer && (await hear(answer, epoch)) && covers(answer.settled, epoch, event.seq)) continue;
        // A pod that can't wait, or that does not answer, is not asked without a break.
        const restMs = limits.settledAgainMs - (performance.now() - startedAt);
        if (restMs > 0) await pause.wait(restMs, () => over.signal.aborted);
      }
    } finally {
      pauses.delete(pause);
    }
  }

  /** The oldest event that this pod has applied and not settled. */
  function next({ key }: PodAddress, wanted: Map<OpenEvent, string>): [OpenEvent, string] | undefined {
    if (over.signal.aborted) return undefined;
    for (const event of wanted.keys()) {
      if (!event.awaitsSettled(key) || event.budgetEndsAt <= now()) wanted.delete(event);
    }
    return [...wanted].sort(([one], [other]) => one.seq - other.seq)[0];
  }

  /** False for one that says it is where this journal has not been: it speaks of another life of it. */
  async function hear(answer: SettledAnswer, epoch: string): Promise<boolean> {
    const { settled } = answer;
    const position = await journal.position();
    const isBeyond = settled?.epoch === position.epoch && settled.seq > position.head;
    if (isBeyond || position.epoch !== epoch) return false;
    heard(newsIn(answer, epoch));
    return true;
  }

  return {
    want(address, event, epoch) {
      const open = asked.get(address.key);
      if (open) {
        open.wanted.set(event, epoch);
        return;
      }
      if (over.signal.aborted || asked.size >= limits.settledQuestionsAtOnce) return;
      const wanted = new Map([[event, epoch]]);
      const running = run(address, wanted)
        .catch((error: unknown) => {
          log.debug({ ip: address.ip, err: error }, 'what a pod has settled is left to its catch-up');
        })
        .finally(() => asked.delete(address.key));
      asked.set(address.key, { wanted, running });
    },
    async stop() {
      over.abort();
      for (const pause of pauses) pause.news();
      await Promise.all([...asked.values()].map(({ running }) => running));
    },
  };
}
