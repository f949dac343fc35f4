import { newSecret, type Target } from '@everypod/contract';
import { inTurn } from '../figures/in-turn.ts';
import { median, ratio } from '../figures/statistics.ts';
import { limits } from '../limits.ts';
import type { Cell, Measurement, Table } from '../measurement.ts';
import { createRecordingPod } from './recording-pod.ts';
import { createSignedPushes } from './signed-pushes.ts';
import { stepsOf } from './steps.ts';

export const applying: Measurement = {
  name: 'apply',
  says: "a pod's handler from request to signed answer, and what signature and parsing are of it",
  async measure(bench) {
    const rows: Cell[][] = [];
    for (const [kind, targetOf] of kinds) {
      for (const count of limits.applyTargets) rows.push(await apply(kind, targetOf, count));
    }
    return [{ title, columns, rows, notes }];

    async function apply(kind: string, targetOf: (at: number) => Target, count: number): Promise<Cell[]> {
      const secret = newSecret();
      const pod = createRecordingPod(secret);
      const pushes = createSignedPushes(
        secret,
        Array.from({ length: count }, (_, at) => targetOf(at)),
      );
      await pod.take(pushes.next());
      const steps = stepsOf(pod, pushes, secret);
      const samples = await inTurn(steps, {
        rounds: bench.size(limits.applyRounds),
        mostMs: bench.size(limits.applyMostMs),
        warmUpRounds: limits.applyWarmUpRounds,
        runsPerSample: Math.max(1, Math.ceil(limits.applyTargetsPerSample / count)),
      });
      const [whole = 0, verifying = 0, parsing = 0, byHand = 0] = samples.map((ms) => median(ms) * 1_000);
      return [kind, count, pod.callsOfLast(), whole, verifying, parsing, byHand, ratio(whole, byHand)];
    }
  },
};

const kinds: Array<[string, (at: number) => Target]> = [
  ['tags', (at) => ({ tag: `wp:post:${at}` })],
  ['paths', (at) => ({ path: `/low-water-at-noon-${at}/` })],
];

const title = 'A push in the pod, in microseconds, medians';
const columns = ['targets', 'count', 'calls', 'whole', 'of it HMAC', 'of it parsing', 'by hand', '× by hand'];
const notes: Table['notes'] = [
  'calls: how often the framework was told. A path is spelled in several ways; above 1,000 calls for paths it is told "everything" once.',
  'By hand: parses the JSON, invalidates each target once, answers; no signature, no schema, no spelling.',
  'The framework here only counts. What Next.js itself takes comes on top, and is the same either way.',
];
