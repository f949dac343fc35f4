import { eventSchema, parseSecrets, verify } from '@everypod/contract';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { tellListening } from '../programs/told.ts';

const secrets = parseSecrets(process.env.BENCH_SECRET ?? '');

const app = new Hono();
app.post('/v1/events', async (c) => {
  const body = Buffer.from(await c.req.arrayBuffer());
  if (!verify(secrets, c.req.raw.headers, body, Date.now()).trusted) return c.body(null, 401);
  const { data } = eventSchema.parse(JSON.parse(body.toString('utf8')));
  return c.json({ targets: data.targets.length }, 202);
});

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
  tellListening([`http://127.0.0.1:${port}`]);
});
