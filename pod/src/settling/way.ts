import type { Life } from '../life.ts';
import type { Marked } from './mark.ts';
import type { Way } from './settled.ts';

/** The seam to what knows when nothing older than an application is stored or served any more. */
export type Settling = {
  /** To be told of an application. Null where this way has no part in it. */
  begin(applied: Marked, life: Life): Part | null;
};

/** What one way has to do with one application. */
export type Part = {
  /** In which way it is settled; null as long as it is not. */
  way(): Way | null;
  /** Whether it has been seen to have a part in it at all; it may turn out later. */
  counts(): boolean;
  /** Whether no other way is needed beside it. */
  suffices(): boolean;
  /** Not needed any more. */
  leave(): void;
};
