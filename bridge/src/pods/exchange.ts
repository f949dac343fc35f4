import type { PodNews } from './registry.ts';

/** What pods say to one bridge reaches the others. */
export type PodExchange = {
  start(): void;
  /** Tells the others, soon. */
  tell(news: PodNews): void;
  /** Resolves once everything that the others were told is known here. */
  hear(): Promise<void>;
  /** Tells the others what they were not told yet, and ends. */
  stop(): Promise<void>;
};

/** A bridge that has nobody to exchange news with. */
export const noExchange: PodExchange = {
  start() {},
  tell() {},
  async hear() {},
  async stop() {},
};
