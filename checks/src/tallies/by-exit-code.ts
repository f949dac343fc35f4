import type { Finished } from '../command.ts';
import { failedTimes, passedOnce, type Tally } from '../tally.ts';

/** For tools that say nothing countable on success: the whole run is one check. */
export function countExit({ exitCode }: Finished): Tally {
  return exitCode === 0 ? passedOnce : failedTimes(1);
}

/** As above, where a good run also says so: an exit code alone would pass a run that looked at nothing. */
export function countExitWith(sign: RegExp): (finished: Finished) => Tally | undefined {
  return (finished) =>
    finished.exitCode === 0 && !sign.test(finished.output) ? undefined : countExit(finished);
}

/** The whole run is one check when it is good, and as many as it found faults when it is not. */
export function countFaults(fault: RegExp): (finished: Finished) => Tally {
  return (finished) => {
    const faults = finished.output.match(new RegExp(fault, `${fault.flags}g`))?.length ?? 0;
    return faults > 0 ? failedTimes(faults) : countExit(finished);
  };
}
