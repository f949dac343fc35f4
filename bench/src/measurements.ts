import { answers } from './answers/answers.ts';
import { applying } from './apply/applying.ts';
import { catchUp } from './catch-up/catch-up.ts';
import { discovery } from './discovery/discovery.ts';
import { guarding } from './guard/guarding.ts';
import { ingest } from './ingest/ingest.ts';
import type { Measurement } from './measurement.ts';
import { push } from './push/push.ts';
import { saves } from './saves/saves.ts';
import { madeOnEveryPod } from './visits/made-on-every-pod.ts';
import { visiting } from './visits/visiting.ts';

export const measurements: readonly Measurement[] = [
  push,
  ingest,
  catchUp,
  applying,
  guarding,
  answers,
  saves,
  discovery,
  visiting,
  madeOnEveryPod,
];
