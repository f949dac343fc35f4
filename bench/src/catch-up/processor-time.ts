import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from '../programs/programs.ts';

/** Processor time in microseconds, over a span of time in milliseconds. */
export type Used = { ms: number; pods: number; bridge: number };

/** Watches what two programs use while something runs. */
export function createProcessorTime({ pods, bridge }: { pods: Program; bridge: Program }) {
  async function during<T>(run: () => Promise<T>): Promise<{ value: T; used: Used }> {
    const [podsBefore, bridgeBefore] = await Promise.all([pods.cpuMicros(), bridge.cpuMicros()]);
    const startedAt = performance.now();
    const value = await run();
    const ms = performance.now() - startedAt;
    const [podsAfter, bridgeAfter] = await Promise.all([pods.cpuMicros(), bridge.cpuMicros()]);
    return { value, used: { ms, pods: podsAfter - podsBefore, bridge: bridgeAfter - bridgeBefore } };
  }
  return {
    during,
    atRest: async (ms: number) => (await during(() => sleep(ms))).used,
  };
}
