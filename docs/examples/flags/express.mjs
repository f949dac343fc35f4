import { createPod, toNodeHandlers } from 'everypod';
import express from 'express';
import { held } from './flags.mjs';

const pod = toNodeHandlers(createPod());
const app = express();

// Before every body parser: a signature is over the raw bytes.
app.all('/siteapi/revalidate', pod.revalidate);
app.all('/siteapi/ready', pod.ready);

app.use(express.json());
app.get('/flags', (_request, response) => response.json(held()));

app.listen(Number(process.env.PORT), process.env.POD_IP);
