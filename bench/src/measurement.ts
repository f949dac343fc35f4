import type { Programs } from './programs/programs.ts';

export type Cell = string | number | null;

/** What a measurement found. A number is rounded only where it is printed. */
export type Table = {
  title: string;
  columns: string[];
  rows: Cell[][];
  /** What one has to know to read it. */
  notes: string[];
};

/** What every measurement is given. */
export type Bench = {
  programs: Programs;
  /** A folder of this run's own, gone afterwards. */
  folder: string;
  /** A count, a duration or a number of rounds, made smaller for `--quick`, and never 0. */
  size: (full: number) => number;
};

export type Measurement = {
  name: string;
  /** What it measures, beside what. */
  says: string;
  measure: (bench: Bench) => Promise<Table[]>;
};
