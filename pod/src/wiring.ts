import { noteCannot } from './apply/cannot.ts';
import type { Invalidator } from './apply/invalidator.ts';
import { type ProcessClock, processClock } from './clock.ts';
import { type Configuration, type Environment, readConfiguration } from './configuration/configuration.ts';
import type { Life } from './life.ts';
import type { Log } from './log.ts';
import type { Pod, PodOptions } from './pod.ts';
import { receivePush } from './push/push.ts';
import { answerProbe } from './readiness/readiness.ts';
import type { PodState } from './state.ts';

/** What a process gives to the pods in it. */
export type Surroundings = {
  state: () => PodState;
  environment: Environment;
  log: Log;
  nowMs: () => number;
  clock?: ProcessClock;
};

const noPages: Invalidator = { path: () => undefined, tag: () => undefined };

/** A pod in surroundings of its own, such as one of many in a process. */
export function createPodOf(
  {
    invalidator = noPages,
    background = (work) => void work(),
    hearsAgain = () => true,
    hindrance: findHindrance = () => null,
    build = () => ({ builtAt: null, basePath: '' }),
    routes = () => null,
  }: PodOptions,
  { state: stateOf, environment, log, nowMs, clock = processClock() }: Surroundings,
): Pod {
  const live = (): Life => {
    const state = stateOf();
    let configuration: Configuration | undefined;
    let invalidated = false;
    const noting: Invalidator = {
      path(path, scope) {
        invalidated = true;
        invalidator.path(path, scope);
      },
      tag(tag) {
        invalidated = true;
        invalidator.tag(tag);
      },
    };
    const trouble: Life['trouble'] = (stage, reason) => {
      const before = state.troubles.get(stage) ?? null;
      if (reason === before) return;
      if (reason === null) state.troubles.delete(stage);
      else state.troubles.set(stage, reason);
      if (reason === null) log('info', `No longer: ${before}`);
      else log('warn', reason);
    };
    const hindrance = () => {
      const found = findHindrance();
      trouble('hindrance', found?.reason ?? null);
      return found;
    };
    return {
      state,
      applying: {
        invalidator: noting,
        topics: state.topics,
        site: () => ({ basePath: build().basePath, routes: routes() }),
        hindrance,
        noteCannot: (some) => noteCannot(some, state, log),
      },
      background,
      hearsAgain,
      hasInvalidated: () => invalidated,
      hindrance,
      log,
      nowMs,
      clock,
      configuration: () => (configuration ??= readConfiguration(environment, state)),
      builtAt: () => build().builtAt,
      trouble,
    };
  };
  return {
    revalidate: (request) => receivePush(request, live()),
    ready: (request) => answerProbe(request, live()),
  };
}
