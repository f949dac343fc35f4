import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { tellListening } from '../programs/told.ts';

const app = new Hono();
app.post('/v1/events', async (c) => {
  const body = await c.req.arrayBuffer();
  return c.json({ bytes: body.byteLength }, 202);
});

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
  tellListening([`http://127.0.0.1:${port}`]);
});
