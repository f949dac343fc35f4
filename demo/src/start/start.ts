import type { Wish } from '../arguments/arguments.ts';
import type { Changes } from '../changes.ts';
import type { Processes } from '../processes/processes.ts';
import type { State } from '../state/state.ts';
import type { News } from './news.ts';

/** One start of the demo: what was asked for, and what its parts share. */
export type Start = {
  root: string;
  builds: string;
  wish: Wish;
  state: State;
  processes: Processes;
  /** Given what has to be called at the end, for all that is no process. */
  endWith: (end: () => unknown) => void;
  changes: Changes;
  news: News;
};
