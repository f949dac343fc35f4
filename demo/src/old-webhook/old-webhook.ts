import { newMessageId, type Push, parseSecret, sign, targetSchema } from '@everypod/contract';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';

const bodySchema = z.object({ targets: z.array(targetSchema) });

/**
 * What a headless site has without Everypod: a webhook that goes through the load balancer and so reaches one pod.
 * WordPress calls it with a change's targets while Everypod is switched off on the wall.
 */
export function createOldWebhook(options: {
  balancerUrl: string;
  podSecret: string;
  /** Told which pod was reached. */
  reached: (podName: string) => void;
}): Hono {
  const secret = parseSecret(options.podSecret);
  const app = new Hono();
  app.post('/', bodyLimit({ maxSize: limits.oldWebhookBodyBytes }), async (c) => {
    const read = bodySchema.safeParse(await c.req.json().catch(() => null));
    if (!read.success) return c.text('The body is {"targets": […]}.\n', 400);
    // In an epoch of its own, so that no pod takes it for a step of the bridge's journal.
    const push: Push = { epoch: 'one-pod-webhook', after: 0, upTo: 0, targets: read.data.targets };
    const body = JSON.stringify(push);
    const answer = await call(`${options.balancerUrl}/siteapi/revalidate`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...sign([secret], newMessageId('push'), Date.now(), body),
      },
      body,
      timeoutMs: limits.oldWebhookTimeoutMs,
    });
    if ('unanswered' in answer) return c.text(`${answer.unanswered}\n`, 502);
    options.reached(answer.headers.get('x-served-by') ?? 'no pod');
    return c.body(answer.body, answer.status < 300 ? 200 : 502);
  });
  return app;
}
