import type { Random } from '../seed/random.ts';
import type { System } from '../system/system.ts';

/** One kind of fault. */
export type Injection = {
  name: string;
  /** Only one such fault at a time, so none may last for long. */
  exclusive?: true;
  /** Begins it on a victim of its own choice. */
  inject(system: System, random: Random): Promise<Begun>;
};

export type Begun = {
  /** What it was done to. */
  on: string;
  /** Ends the fault once its time is over, however things stand by then. */
  undo(): Promise<void>;
};

/** There is nobody left to do this to just now. */
export class NotPossible extends Error {
  override name = 'NotPossible';
}

/** A fault that was once a defect carries its number before its name. */
export const numbered = (number: string | undefined, name: string) =>
  number === undefined ? name : `${number} ${name}`;

export const nothingToUndo = async () => {};
