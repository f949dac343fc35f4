import {
  type Cursor,
  catchUpAnswerSchema,
  limits as messageLimits,
  newMessageId,
  parseSecret,
  type Secret,
  sign,
} from '@everypod/contract';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import type { Random } from '../seed/random.ts';
import type { System } from '../system/system.ts';
import { whileTaken } from './bridge.ts';
import { takeClock } from './clocks.ts';
import { type Injection, NotPossible, nothingToUndo } from './injection.ts';
import { takePod } from './victim.ts';

/** Under this name what came of a taken-over pod's claims is checked on the spot. */
export const takenOver = 'taken over';

/** Numbers that no journal has given; null for one just above the head. */
const claims = [null, 2 ** 40, messageLimits.seqMost - 1, messageLimits.seqMost, Number.MAX_SAFE_INTEGER];

type Claimed = { url: string; secrets: Secret[]; pod: object; cursor: Cursor };

async function ask({ url, secrets, pod, cursor }: Claimed) {
  const body = JSON.stringify({ pod, cursor, settled: cursor, builtAt: null });
  const { status, text } = await call({
    url: `${url}/v1/catch-up`,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...sign(secrets, newMessageId('catchup'), Date.now(), body),
    },
    body,
    deadlineMs: limits.patientDeliveryDeadlineMs,
  });
  return { status, answer: status === 200 ? catchUpAnswerSchema.parse(JSON.parse(text)) : null };
}

/** Who holds a pod's secret can say anything of that pod, and do no harm to the journal and the other pods. */
export const takenOverInjections: Injection[] = [
  {
    name: 'A2 taken-over pod: claims numbers far above the head, again and again',
    exclusive: true,
    inject: whileTaken(async (system, random) => {
      const before = await system.client.pods().catch(() => null);
      if (before === null) throw new NotPossible('The bridge does not tell its head just now.');
      const { pod, release } = takePod(system, random);
      let releaseClock = () => {};
      try {
        // A lease is over for a clock that jumps.
        releaseClock = takeClock(system);
        const instance = system.kubelet.lastProbes().get(pod.ip)?.instance ?? '';
        if (instance === '') throw new NotPossible('The pod has not said who it is yet.');
        const { url } = random.pick(system.bridges);
        await claimAll(system, random, { url, pod: { ip: pod.ip, name: pod.name, instance }, before });
      } finally {
        releaseClock();
        release();
      }
      return { on: pod.name, undo: nothingToUndo };
    }),
  },
];

type Known = { url: string; pod: object; before: { epoch: string; head: number } };

async function claimAll({ chronicle, secrets }: System, random: Random, { url, pod, before }: Known) {
  // The secret may be another one meanwhile.
  const asked = (cursor: Cursor) =>
    ask({ url, secrets: secrets.pods.current().map(parseSecret), pod, cursor });
  // A bridge may be yet to hear that the journal has gone back, which begins one, too. Far below the head, since the bridge would
  // believe what a pod says that it has settled.
  const { answer: atFirst } = await asked({ epoch: before.epoch, seq: 1 });
  if (atFirst === null) throw new NotPossible('The bridge answers no pod just now.');
  let { epoch } = atFirst;
  let head = atFirst.upTo;
  const epochs = new Set([epoch]);
  for (let round = 0; round < limits.claimRounds; round += 1) {
    for (const claimed of claims) {
      const seq = claimed ?? head + random.whole(1, 1_000);
      const { status, answer } = await asked({ epoch, seq });
      const detail = `A pod claimed ${seq} where the head was ${head}, and was answered ${status}`;
      // 401, 503 and none: a clock, a secret or a disk is in the way just now.
      if (answer === null && status !== 400) continue;
      const isPossible = seq <= messageLimits.seqMost;
      const upTo = answer?.upTo ?? head;
      const ok = (answer !== null) === isPossible && upTo < head + limits.headJumpsMost;
      chronicle.note({ what: 'checked', name: takenOver, ok, detail: `${detail}, up to ${upTo}.` });
      if (answer === null) continue;
      ({ epoch } = answer);
      head = Math.max(head, upTo);
      epochs.add(epoch);
    }
  }
  const begun = epochs.size - 1;
  const detail = `By claims of one pod within a lease ${begun} epochs began.`;
  chronicle.note({ what: 'checked', name: takenOver, ok: begun <= 1, detail });
}
