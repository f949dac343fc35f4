import type { BuiltApp } from '../../../pod/tests/next/surroundings/build.ts';
import type { JournalKind } from './journal.ts';

export type SystemOptions = {
  /** For chronicles, logs, journal, outbox and secrets. */
  folder: string;
  seed: string;
  pods: number;
  hosts: number;
  articles: number;
  savesPerSecond: number;
  probePeriodMs: number;
  boundMs: number;
  boundWithoutBridgeMs: number;
  journal: JournalKind;
  longRenderMs: number;
  deliveryDeadlineMs: number;
  bridgeEnvironment: Record<string, string>;
  hostEnvironment: Record<string, string>;
  /** By the number of the pod, from 0, whether the guard is around its cache; around that of real Next.js it is. */
  guarded: (pod: number) => boolean;
  /** By the number of the pod, from 0; what is real Next.js comes after all others. */
  podEnvironment: (pod: number) => Record<string, string>;
  /** One real Next.js pod is started of each. */
  nextApps: readonly BuiltApp[];
};
