import { limits as messageLimits } from '@everypod/contract';
import { type Context, Hono } from 'hono';
import type { createHealthRoutes } from './health/health-routes.ts';
import { type Edge, literalPath } from './ingress/address.ts';
import type { createEventRoutes } from './ingress/events.ts';
import { problemAnswer } from './ingress/problem-answer.ts';
import type { AnswerMessage, Trust } from './ingress/trust.ts';
import { JournalUnavailable } from './journal/journal.ts';
import type { Limits } from './limits.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

type Options = {
  /** Who signs: WordPress and other senders, and pods. */
  fromSenders: Trust;
  fromPods: Trust;
  events: ReturnType<typeof createEventRoutes>;
  health: ReturnType<typeof createHealthRoutes>;
  pods: AnswerMessage;
  catchUp: AnswerMessage;
  metrics: Metrics;
  log: Log;
  limits: Limits;
};

/** Either signed or open: what is neither can't be written. */
type Route = { path: string } & (
  | { method: 'POST'; signedBy: Trust; bodyBytes: number; answer: AnswerMessage }
  | { method: 'GET'; signedBy: Trust; answer: AnswerMessage }
  | { method: 'GET'; open: true; answer: (c: Context<Edge>) => Response | Promise<Response> }
);

/** The bridge's routes. */
export function createApp(options: Options): Hono<Edge> {
  const { fromSenders, fromPods, events, health, pods, catchUp, metrics, log, limits } = options;
  const { eventBodyBytes } = messageLimits;
  const { catchUpBodyBytes } = limits;
  const metricsText = async (c: Context<Edge>) =>
    c.body(await metrics.text(), 200, { 'content-type': metrics.contentType });

  return serve(log, [
    {
      method: 'POST',
      path: '/v1/events',
      signedBy: fromSenders,
      bodyBytes: eventBodyBytes,
      answer: events.post,
    },
    { method: 'GET', path: '/v1/events/:id', signedBy: fromSenders, answer: events.get },
    { method: 'GET', path: '/v1/pods', signedBy: fromSenders, answer: pods },
    {
      method: 'POST',
      path: '/v1/catch-up',
      signedBy: fromPods,
      bodyBytes: catchUpBodyBytes,
      answer: catchUp,
    },
    { method: 'GET', path: '/healthz', open: true, answer: health.healthz },
    { method: 'GET', path: '/readyz', open: true, answer: health.readyz },
    { method: 'GET', path: '/metrics', open: true, answer: metricsText },
  ]);
}

function serve(log: Log, routes: readonly Route[]): Hono<Edge> {
  const app = new Hono<Edge>({ getPath: literalPath });
  for (const route of routes) {
    app.on(route.method, route.path, handlerOf(route));
    app.all(route.path, () =>
      problemAnswer('method-not-allowed', `Use ${route.method}.`, { allow: route.method }),
    );
  }
  const names = new Intl.ListFormat('en-GB').format(routes.map(nameOf));
  app.notFound(() => problemAnswer('unknown-route', `The bridge has ${names}.`));
  app.onError((error, c) => {
    if (error instanceof JournalUnavailable) {
      return problemAnswer('journal-unavailable', error.message, { 'retry-after': '5' });
    }
    log.error({ err: error, route: c.req.routePath }, 'a request failed');
    return problemAnswer('internal', "The bridge's log says more. Try again.");
  });
  return app;
}

function handlerOf(route: Route) {
  if ('open' in route) return route.answer;
  return route.signedBy.signed(nameOf(route), route.method === 'POST' ? route.bodyBytes : 0, route.answer);
}

/** As documents write it. */
function nameOf({ path }: Route): string {
  return path.replace(/:(\w+)/, '{$1}');
}
