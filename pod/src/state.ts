import { randomUUID } from 'node:crypto';
import { type AnswerTrust, type Cursor, createAnswerTrust, type WithoutBridge } from '@everypod/contract';
import type { Topics } from './apply/topics.ts';
import type { CatchUpUnderWay } from './catch-up/catch-up.ts';
import type { TopicsLeft } from './catch-up/topics-left.ts';
import { processClock } from './clock.ts';
import { type FanOutKept, newFanOutKept } from './configuration/fan-out.ts';
import type { LastGood } from './configuration/secrets.ts';
import type { OriginSeen } from './lease/origin.ts';
import { newSettledSteps, type SettledSteps } from './settling/settled.ts';
import type { Steps } from './settling/steps.ts';
import type { Waves } from './settling/waves.ts';

export type Stage = 'configuration' | 'catch-up' | 'settling' | 'lease' | 'hindrance' | 'application';

/** All that one life of a pod process remembers. Nothing of it survives a restart, on purpose: neither do the pages. */
export type PodState = {
  /** A random id of this life. */
  readonly instance: string;
  /** Monotonic, as every time here. */
  readonly bornAtMs: number;
  cursor: Cursor | null;
  /** Up to where slices were applied of what was missed behind the cursor, which stays until the last of them. */
  slicesUpTo: Cursor | null;
  /** A slice could not be applied whole, so what lies behind it must not wait for it. */
  inOnePiece: boolean;
  settled: Cursor | null;
  /** How it came to be settled so far. */
  readonly settledSteps: SettledSteps;
  /** What was applied and is not settled. */
  readonly steps: Steps;
  /** How many that were, in the whole life. */
  applications: number;
  /** What was applied once and waits for its settling pass. */
  readonly waves: Waves;
  /** What is applied once more for content APIs that lag. */
  readonly echoes: Waves;
  /** Why the pod may take traffic: it caught up, or the start limit passed and it invalidated everything. */
  readyBy: 'catch-up' | 'start limit' | null;
  /** As of when the bridge has last told how far it is. */
  heardAtMs: number | null;
  /** When everything is invalidated unless a bridge is heard before; null before the first word and the start limit. */
  leaseEndsAtMs: number | null;
  /** From 0 to 1: this pod's own moment. */
  readonly leaseShare: number;
  readonly origin: OriginSeen;
  /** The catch-up that was asked last, until it is applied; probes at the same time share it. */
  catchUp: CatchUpUnderWay | null;
  /** When that was, applied or not. */
  askedAtMs: number | null;
  /** Why everything was invalidated since a bridge was heard last, for want of one; null where it was not. */
  withoutBridge: WithoutBridge | null;
  /** The start without a bridge, once its limit has passed: done when everything is invalidated. */
  startingAlone: Promise<void> | null;
  /** The handlers' run at the start of a pod that has no bridge: null, or why one of them failed. */
  loadingAlone: Promise<string | null> | null;
  /** One whose answer came behind a probe that could not apply it any more. */
  kept: CatchUpUnderWay | null;
  /** What the last catch-up could not apply although it did the pages. */
  topicsLeft: TopicsLeft | null;
  /** What stands in this pod's way, by stage: kept to say it once, and not at every probe. */
  readonly troubles: Map<Stage, string>;
  /** Why something could not be applied in this life, the newest last. */
  readonly cannot: Set<string>;
  /** From which tick on a visit is good enough, by the position of the event that it is for; the newest last. */
  readonly visitsSince: Map<string, number>;
  readonly topics: Topics;
  secrets: LastGood | null;
  readonly fanOut: FanOutKept;
  /** In what form bridges have signed their answers. */
  readonly answers: AnswerTrust;
  /** Whether the bridge that was heard last takes what the second protocol has. */
  bridgeSpeaksSecond: boolean;
};

export function newPodState({
  bornAtMs = processClock().monotonicMs(),
  leaseShare = Math.random(),
} = {}): PodState {
  return {
    instance: randomUUID(),
    bornAtMs,
    cursor: null,
    slicesUpTo: null,
    inOnePiece: false,
    settled: null,
    settledSteps: newSettledSteps(),
    steps: [],
    applications: 0,
    waves: [],
    echoes: [],
    readyBy: null,
    heardAtMs: null,
    leaseEndsAtMs: null,
    leaseShare,
    origin: { seen: null, look: null },
    catchUp: null,
    askedAtMs: null,
    withoutBridge: null,
    startingAlone: null,
    loadingAlone: null,
    kept: null,
    topicsLeft: null,
    troubles: new Map(),
    cannot: new Set(),
    visitsSince: new Map(),
    topics: new Map(),
    secrets: null,
    fanOut: newFanOutKept(),
    answers: createAnswerTrust(),
    bridgeSpeaksSecond: false,
  };
}

declare global {
  var everypodState: PodState | undefined;
}

/** One state per process: Next.js bundles each route separately, so a module's own variable would be two. */
export function sharedState(): PodState {
  globalThis.everypodState ??= newPodState();
  return globalThis.everypodState;
}
