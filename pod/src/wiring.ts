import { problemAnswer } from './answers.ts';
import { noteCannot } from './apply/cannot.ts';
import type { Invalidator } from './apply/invalidator.ts';
import { tagOfCall } from './apply/tags.ts';
import { answerCdnTags, asksForCdnTags } from './cdn/purging.ts';
import { type ProcessClock, processClock } from './clock.ts';
import { type Configuration, type Environment, readConfiguration } from './configuration/configuration.ts';
import { type FanOut, readFanOut } from './configuration/fan-out.ts';
import { answerWellKnown } from './fan-out/well-known.ts';
import { tellOfOrigin } from './keep/origin.ts';
import type { Life } from './life.ts';
import type { Log } from './log.ts';
import type { Pod, PodOptions } from './pod.ts';
import { receiveSigned } from './push/push.ts';
import { answerProbe } from './readiness/readiness.ts';
import type { PodState } from './state.ts';
import { answerPages, asksForPages } from './visits/served-pages.ts';
import { answerWhy, asksWhy } from './why/answer.ts';

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
    guarding = () => null,
    build = () => ({ builtAt: null, basePath: '' }),
    routes = () => null,
  }: PodOptions,
  { state: stateOf, environment, log, nowMs, clock = processClock() }: Surroundings,
): Pod {
  const live = (): Life => {
    const state = stateOf();
    let configuration: Configuration | undefined;
    let fanOut: FanOut | undefined;
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
    const site = () => {
      const pages = guarding()?.guard.pages;
      const servedBy = (path: string) => pages?.servedBy(path) ?? [];
      const { basePath, useCache = false } = build();
      return { basePath, routes: routes(), servedBy, goesByTags: useCache && pages !== undefined };
    };
    const life: Life = {
      state,
      applying: {
        invalidator: noting,
        topics: state.topics,
        site,
        hindrance,
        noteCannot: (some) => noteCannot(some, state, log),
        vanish: (calls) => guarding()?.guard.vanish(calls.map(tagOfCall)),
        vanishAll: () => guarding()?.guard.vanishAll(),
        announce: (announcement) => guarding()?.guard.announce(announcement),
      },
      background,
      hearsAgain,
      hasInvalidated: () => invalidated,
      hindrance,
      guarding,
      log,
      nowMs,
      clock,
      configuration: () => (configuration ??= readConfiguration(environment, state)),
      fanOut: () => (fanOut ??= readFanOut(environment, state.fanOut)),
      builtAt: () => build().builtAt,
      trouble,
    };
    tellOfOrigin(life);
    guarding()?.guard.cdn.hashBy(life.configuration().secrets);
    return life;
  };
  return {
    revalidate: (request) => answerRevalidate(request, live()),
    ready: (request) => answerProbe(request, live()),
  };
}

/** One address for whoever has something to say to this pod. */
async function answerRevalidate(request: Request, life: Life): Promise<Response> {
  if (request.method === 'POST') return receiveSigned(request, life);
  if (request.method === 'GET' && asksForPages(request)) return answerPages(request, life);
  if (request.method === 'GET' && asksWhy(request)) return answerWhy(request, life);
  if (request.method === 'GET' && asksForCdnTags(request)) return answerCdnTags(request, life);
  if (request.method === 'GET') return answerWellKnown(request, life);
  const allow = life.fanOut().shared === null ? 'POST' : 'GET, POST';
  return problemAnswer('method-not-allowed', 'Send a signed message with POST.', { allow });
}
