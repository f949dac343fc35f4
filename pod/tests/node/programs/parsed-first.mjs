// A server that has read the body before Everypod is asked, in the way that HOW names.
import { createPod, toNodeHandlers } from 'everypod';
import express from 'express';
import Fastify from 'fastify';

const pod = toNodeHandlers(createPod());
const { HOW = '', PORT, POD_IP } = process.env;
const keepBytes = (request, _response, bytes) => {
  request.rawBody = bytes;
};

const parsers = {
  'express.json': () => express.json({ type: '*/*' }),
  'express.urlencoded': () => express.urlencoded({ type: '*/*', extended: true }),
  'express.json that keeps rawBody': () => express.json({ type: '*/*', verify: keepBytes }),
  'express.raw': () => express.raw({ type: '*/*', limit: '2mb' }),
  'express.text': () => express.text({ type: '*/*' }),
  'an Express router': () => express.Router().post('/siteapi/revalidate', pod.revalidate),
};

const hand = (request, reply) => {
  reply.hijack();
  return pod.revalidate(request.raw, reply.raw);
};

if (HOW in parsers) {
  const app = express();
  app.use(parsers[HOW]());
  app.all('/siteapi/revalidate', pod.revalidate);
  app.listen(Number(PORT), POD_IP);
} else {
  const app = Fastify();
  if (HOW === 'Fastify that keeps rawBody') {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, bytes, done) => {
      request.raw.rawBody = bytes;
      done(null, bytes);
    });
  }
  app.all('/siteapi/revalidate', hand);
  await app.listen({ port: Number(PORT), host: POD_IP });
}
