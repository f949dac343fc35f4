import type { Applying } from './apply/apply.ts';
import type { Hindrance } from './apply/hindrance.ts';
import type { ProcessClock } from './clock.ts';
import type { Configuration } from './configuration/configuration.ts';
import type { FanOut } from './configuration/fan-out.ts';
import type { Guarding } from './guard/guard.ts';
import type { Log } from './log.ts';
import type { Background } from './pod.ts';
import type { PodState, Stage } from './state.ts';

/** What every stage is given: one life of a pod, and the ways out of it. */
export type Life = {
  readonly state: PodState;
  readonly applying: Applying;
  /** Null where the work already runs in the background, and the framework would wait for the work that it starts. */
  readonly background: Background | null;
  /** Whether in a request's background the framework hears anew what that request has invalidated before. */
  readonly hearsAgain: () => boolean;
  /** Whether this very request has told the framework to forget anything. */
  readonly hasInvalidated: () => boolean;
  /** What keeps invalidations from taking effect now, which is also remembered as what stands in the way. */
  readonly hindrance: () => Hindrance | null;
  /** What guards this pod's pages; null where nothing does. */
  readonly guarding: () => Guarding | null;
  readonly log: Log;
  /** The wall clock, which is what messages are signed by. */
  readonly nowMs: () => number;
  readonly clock: ProcessClock;
  readonly configuration: () => Configuration;
  readonly fanOut: () => FanOut;
  readonly builtAt: () => string | null;
  /** Remembers what stands in the way, and logs it once; null when nothing does any more. */
  readonly trouble: (stage: Stage, reason: string | null) => void;
};
