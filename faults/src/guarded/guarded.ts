import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Verdict } from '../checker/verdict.ts';
import { limits } from '../limits.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('./program.ts', import.meta.url));

const seenSchema = z.object({
  settled: z.int(),
  reads: z.int(),
  old: z.array(z.string()),
  ways: z.record(z.string(), z.int()),
  visits: z.record(z.string(), z.int()),
  untrue: z.array(z.string()),
  kept: z.int(),
  givenTooLong: z.array(z.string()),
});

/** A pod behind the real guard, while pages are made and changed all the time: what begins after drained is never old. */
export async function throughGuarded(environment: Record<string, string>): Promise<Verdict[]> {
  const { stdout } = await run(process.execPath, [program], {
    env: { ...process.env, ...environment },
    timeout: limits.guardedMostMs,
  });
  const { settled, reads, old, ways, visits, untrue, kept, givenTooLong } = seenSchema.parse(
    JSON.parse(stdout),
  );
  const told = Object.entries(ways).map(([how, times]) => `${times} ${how}`);
  return [
    {
      name: 'drained',
      assertion:
        'No read of a page that begins after drained was told is old, whatever renders are under way',
      judged: settled,
      faults: old,
      figures: [`${reads} reads after ${settled} changes`, ...told],
    },
    {
      name: 'made',
      assertion: 'No page that a visit was said to have made is older than what was published before',
      judged: visits.made ?? 0,
      faults: untrue,
      figures: Object.entries(visits).map(([result, times]) => `${times} ${result}`),
    },
    {
      name: 'kept',
      assertion:
        'What was invalidated is given to nobody once it has settled, and what vanishes to nobody at all',
      judged: kept,
      faults: givenTooLong,
      figures: [`${kept} pages were given as they were`],
    },
  ];
}
