import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readChronicles } from '../chronicle/chronicle.ts';
import { limits } from '../limits.ts';
import { applicationsOf } from './applications.ts';
import { useIsBounded } from './bounded.ts';
import { checkedOnTheSpot } from './checked.ts';
import { cursorsCoverOnlyWhatWasApplied } from './covered.ts';
import { cursorsOnlyRise } from './cursors.ts';
import type { Bounds } from './due.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { newPodsServeNothingOld } from './first-ready.ts';
import { nothingForgedMoves } from './forged.ts';
import { healsByItself } from './healed.ts';
import { everyCallIsHeard } from './heard.ts';
import { reportsAreHonest } from './honest.ts';
import { nobodyHostileDoesHarm } from './hostile.ts';
import { noAcceptedEventIsMissing } from './missing.ts';
import { everyEventIsInThePodsLogs } from './missing-in-logs.ts';
import { probesAreAnsweredInTime } from './probes.ts';
import { type NamedText, noSecretInAnyLog } from './secrets.ts';
import type { Verdict } from './verdict.ts';

/** What the code that was run promises. */
export type Promised = Bounds & { settlingDelayMs: number };

export type RunFiles = { chronicles: string; logs: string; journal: string };

/** Reads what a run has left behind and judges it. */
export async function judgeRun(
  files: RunFiles,
  secrets: readonly string[],
  { boundMs, boundWithoutBridgeMs, settlingDelayMs }: Promised,
): Promise<{ evidence: Evidence; verdicts: Verdict[] }> {
  const evidence = evidenceOf(await readChronicles(files.chronicles));
  const applications = applicationsOf(evidence);
  const bounds = {
    boundMs: boundMs + limits.measuringMs,
    boundWithoutBridgeMs: boundWithoutBridgeMs + limits.measuringMs,
  };
  const journal = textsIn(files.journal).map(({ text }) => text);
  const verdicts = [
    noAcceptedEventIsMissing(evidence, bounds),
    everyEventIsInThePodsLogs(evidence, applications, bounds),
    newPodsServeNothingOld(evidence),
    nothingForgedMoves(evidence, journal.join('')),
    checkedOnTheSpot(evidence, 'repeated event', 'An event that comes again is journaled once'),
    checkedOnTheSpot(evidence, 'fetched', 'What no delivery brings, the bridge fetches from the outbox'),
    ...nobodyHostileDoesHarm(evidence),
    reportsAreHonest(evidence, applications, settlingDelayMs - limits.measuringMs),
    cursorsOnlyRise(evidence),
    cursorsCoverOnlyWhatWasApplied(evidence, applications),
    everyCallIsHeard(evidence),
    probesAreAnsweredInTime(evidence),
    useIsBounded(evidence),
    healsByItself(evidence),
    noSecretInAnyLog(secrets, [...textsIn(files.logs), ...textsIn(files.chronicles)]),
  ];
  return { evidence, verdicts };
}

function textsIn(folder: string): NamedText[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => ({ name, text: readFileSync(join(parentPath, name), 'latin1') }));
}
