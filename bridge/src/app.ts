import { limits as messageLimits } from '@everypod/contract';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { createHealthRoutes } from './health/health-routes.ts';
import type { createEventRoutes } from './ingress/events.ts';
import { problemAnswer } from './ingress/problem-answer.ts';
import { JournalUnavailable } from './journal/journal.ts';
import type { Limits } from './limits.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

type Options = {
  events: ReturnType<typeof createEventRoutes>;
  health: ReturnType<typeof createHealthRoutes>;
  pods: (c: Context) => Promise<Response>;
  catchUp: (c: Context) => Promise<Response>;
  metrics: Metrics;
  log: Log;
  limits: Limits;
};

/** The bridge's routes. */
export function createApp({ events, health, pods, catchUp, metrics, log, limits }: Options): Hono {
  const app = new Hono();

  app.post('/v1/events', atMost(messageLimits.eventBodyBytes), events.post);
  app.get('/v1/events/:id', events.get);
  app.get('/v1/pods', pods);
  app.post('/v1/catch-up', atMost(limits.catchUpBodyBytes), catchUp);
  app.get('/healthz', health.healthz);
  app.get('/readyz', health.readyz);
  app.get('/metrics', async (c) =>
    c.body(await metrics.text(), 200, { 'content-type': metrics.contentType }),
  );

  for (const [path, allow] of methods) app.all(path, () => wrongMethod(allow));
  app.notFound(() =>
    problemAnswer(
      'unknown-route',
      'The bridge has /v1/events, /v1/pods, /v1/catch-up, /healthz, /readyz and /metrics.',
    ),
  );
  app.onError((error, c) => {
    if (error instanceof JournalUnavailable) {
      return problemAnswer('journal-unavailable', error.message, { 'retry-after': '5' });
    }
    log.error({ err: error, method: c.req.method, route: c.req.routePath }, 'a request failed');
    return problemAnswer('internal', "The bridge's log says more. Try again.");
  });
  return app;
}

const methods = [
  ['/v1/events', 'POST'],
  ['/v1/events/:id', 'GET'],
  ['/v1/pods', 'GET'],
  ['/v1/catch-up', 'POST'],
  ['/healthz', 'GET'],
  ['/readyz', 'GET'],
  ['/metrics', 'GET'],
] as const;

function wrongMethod(allow: string): Response {
  return problemAnswer('method-not-allowed', `Use ${allow}.`, { allow });
}

function atMost(maxSize: number) {
  return bodyLimit({
    maxSize,
    onError: () => problemAnswer('too-large', `A message here has at most ${maxSize} bytes.`),
  });
}
