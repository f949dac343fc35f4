import type { Applying } from './apply/apply.ts';
import type { Configuration } from './configuration/configuration.ts';
import type { Log } from './log.ts';
import type { Background } from './pod.ts';
import type { PodState, Stage } from './state.ts';

/** What every stage is given: one life of a pod, and the ways out of it. */
export type Life = {
  readonly state: PodState;
  readonly applying: Applying;
  readonly background: Background;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly configuration: () => Configuration;
  readonly builtAt: () => string | null;
  /** Remembers what stands in the way, and logs it once; null when nothing does any more. */
  readonly trouble: (stage: Stage, reason: string | null) => void;
};
