import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** What figures depend on, and nothing that names the machine or its folders. */
export type Machine = {
  node: string;
  platform: string;
  processor: string;
  cores: number;
  memoryGb: number;
  /** Processes that wanted to run in the minute before; with more than 0 of them the figures are somebody else's too. */
  loadBefore: number;
};

export function describeMachine(): Machine {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}
