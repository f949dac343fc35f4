import { serve } from '@hono/node-server';
import { createPod } from 'everypod';
import { Hono } from 'hono';
import { held } from './flags.mjs';

const pod = createPod();
const app = new Hono();

// Hono hands out web requests and takes web answers, as the pod does.
app.all('/siteapi/revalidate', (c) => pod.revalidate(c.req.raw));
app.all('/siteapi/ready', (c) => pod.ready(c.req.raw));
app.get('/flags', (c) => c.json(held()));

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: process.env.POD_IP });
