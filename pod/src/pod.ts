import type { Hindrance } from './apply/hindrance.ts';
import type { Invalidator } from './apply/invalidator.ts';
import type { Routes } from './apply/routes.ts';
import { processClock } from './clock.ts';
import type { Guarding } from './guard/guard.ts';
import { consoleLog } from './log.ts';
import { sharedState } from './state.ts';
import { createPodOf } from './wiring.ts';

/** Runs work that may outlive the request, in a context from which the framework still hears invalidations. */
export type Background = (work: () => Promise<void>) => void;

/** What a build has told the pod about itself. */
export type Build = {
  /** Start of the build, or of the oldest content that went into it, UTC; null means that everything may be old. */
  builtAt: string | null;
  /** Where the app is mounted, as in next.config; empty for the root. */
  basePath: string;
  /** Whether there may be functions and components with `use cache`, which keep what the guard doesn't see. */
  useCache?: boolean;
};

export type PodOptions = {
  /** Left out by a process that keeps no pages: it has none to forget. */
  invalidator?: Invalidator;
  /** How to go on after the answer; by default the work just goes on. */
  background?: Background;
  /** Whether a request's background may invalidate once more what that request has invalidated; by default it may. */
  hearsAgain?: () => boolean;
  /** What keeps invalidations from taking effect now; by default nothing does. Asked before each of them, and by probes. */
  hindrance?: () => Hindrance | null;
  /** What guards the pages; by default nothing does. */
  guarding?: () => Guarding | null;
  build?: () => Build;
  /** The routes of the build, to say what cannot be reached; null when they are not known. */
  routes?: () => Routes | null;
};

/** The pod's two routes, each from a web Request to a web Response. */
export type Pod = {
  /** `POST /siteapi/revalidate`: takes what is signed. `GET`: the well-known call, where its secret is set. */
  revalidate(request: Request): Promise<Response>;
  /** `GET /siteapi/ready`: the readiness probe, which is the catch-up. */
  ready(request: Request): Promise<Response>;
};

/** A pod of this process. */
export function createPod(options: PodOptions = {}): Pod {
  return createPodOf(options, {
    state: sharedState,
    environment: process.env,
    log: consoleLog,
    nowMs: Date.now,
    clock: processClock(),
  });
}
