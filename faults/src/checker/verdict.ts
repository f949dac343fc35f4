/** What one assertion came to. An assertion that judged nothing has not passed. */
export type Verdict = {
  /** Short, to be told by. */
  name: string;
  assertion: string;
  judged: number;
  /** A sentence each. */
  faults: string[];
  /** What a reader wants to know beside the count: how much was not judged, and why. */
  figures: string[];
  /** Why it could not be judged here at all, with what would be needed. */
  skipped?: string;
};

export type Outcome = 'passed' | 'failed' | 'skipped';

export function outcomeOf({ faults, judged, skipped }: Verdict): Outcome {
  if (faults.length > 0) return 'failed';
  if (skipped !== undefined) return 'skipped';
  return judged > 0 ? 'passed' : 'failed';
}
