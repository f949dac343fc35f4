import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../limits.ts';
import { noteStanding } from '../run/standing.ts';
import type { System } from '../system/system.ts';
import {
  theBridgeDiesBeforeSettling,
  theJournalCannotBeWritten,
  theJournalIsLost,
} from './bridge-and-journal.ts';
import { fourOf } from './four.ts';
import { aPodIsAlone, aRenderIsInFlight, everythingSettles } from './passing-time.ts';
import {
  aNewbornPodIsPushedTo,
  anOldPushComesAgain,
  anotherServiceAnswers,
  aPushIsMissedForGood,
  aPushLeavesAGap,
  everyPodIsTold,
} from './pushes.ts';

/**
 * One of each situation that some broken variant of the code fails in, in an order in which none makes good what
 * another has spoilt. The unbroken code passes through all of it.
 */
export async function runGauntlet(system: System): Promise<void> {
  const four = fourOf(system);
  await everythingSettles(system);
  await everyPodIsTold(system);
  await aPushIsMissedForGood(system, four);
  await anotherServiceAnswers(system, four);
  await anOldPushComesAgain(system, four);
  await aPushLeavesAGap(system, four);
  await aNewbornPodIsPushedTo(system, four);
  await theJournalIsLost(system, four);
  await everythingSettles(system);
  const alone = await aPodIsAlone(system, four);
  await theJournalCannotBeWritten(system);
  await aRenderIsInFlight(system, four);
  await theBridgeDiesBeforeSettling(system);
  await sleep(system.options.boundMs + 2 * limits.measuringMs);
  await alone.over();
  await system.readers.readAll(system.changedPages());
  await alone.end();
  await everythingSettles(system);
  await noteStanding(system);
}
