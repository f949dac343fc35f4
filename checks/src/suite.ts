import type { Command, Finished } from './command.ts';
import type { Tally } from './tally.ts';

/** One row of the gate. */
export interface Suite {
  name: string;
  says: string;
  /** Left out by `--fast`. */
  slow?: boolean;
  /** The suite before it that it may run beside, where both leave the processors time enough. */
  beside?: string;
  /** Goes on while those after it run, on what they leave of the processors' time, until it is waited for. */
  meanwhile?: boolean;
  /** Of those that go on meanwhile, the one before it whose end it waits for. */
  after?: string;
  /** Measures, so nothing else may be under way. */
  alone?: boolean;
  /** Each answers undefined when what it asks for is there, else the reason for skipping. */
  needs?: Need[];
  steps: Step[];
  /** The commands that repair what the check can only report. */
  fix?: Command[];
}

export type Need = () => Promise<string | undefined>;

/** Either a program whose outcome is counted, or a check of our own. */
export type Step =
  | { command: Command; count: (finished: Finished) => Tally | undefined | Promise<Tally | undefined> }
  | { check: (show: (line: string) => void) => Promise<Tally> };
