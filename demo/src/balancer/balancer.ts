import { Hono } from 'hono';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';

type Backend = { name: string; url: string };

/** They speak of one connection, or of a body that has been decoded by now. */
const notPassedOn = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-encoding',
  'content-length',
  'host',
];

/**
 * What stands before the pods in any cluster: each request goes to the next ready pod.
 * @param ready asked at every request
 * @returns an app whose answers name the pod that served them in `x-served-by`
 */
export function createBalancer(ready: () => Backend[]): Hono {
  let turn = 0;
  const app = new Hono();
  app.all('*', async (c) => {
    const pods = ready();
    const pod = pods[turn % Math.max(1, pods.length)];
    if (!pod) return c.text('No pod is ready.\n', 503);
    turn = (turn + 1) % pods.length;

    const { pathname, search } = new URL(c.req.url);
    const headers = passedOn(c.req.raw.headers);
    headers.set('accept-encoding', 'identity');
    headers.set('x-forwarded-host', c.req.header('host') ?? '');
    const hasBody = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    const answer = await call(`${pod.url}${pathname}${search}`, {
      method: c.req.method,
      headers,
      ...(hasBody && { body: new Uint8Array(await c.req.arrayBuffer()) }),
      timeoutMs: limits.balancerTimeoutMs,
    });
    if ('unanswered' in answer) {
      return c.text(`${pod.name} did not answer. ${answer.unanswered}\n`, 502, { 'x-served-by': pod.name });
    }
    const answerHeaders = passedOn(answer.headers);
    answerHeaders.set('x-served-by', pod.name);
    const bodiless = answer.status === 204 || answer.status === 304;
    return new Response(bodiless ? null : answer.body, { status: answer.status, headers: answerHeaders });
  });
  return app;
}

function passedOn(headers: Headers): Headers {
  const copy = new Headers(headers);
  for (const name of notPassedOn) copy.delete(name);
  return copy;
}
