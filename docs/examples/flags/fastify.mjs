import { createPod, toNodeHandlers } from 'everypod';
import Fastify from 'fastify';
import { held } from './flags.mjs';

const pod = toNodeHandlers(createPod());
const app = Fastify();

// In a scope of its own, where Fastify leaves every body unread: a signature is over the raw bytes.
app.register(async (scope) => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _body, done) => done(null));
  const hand = (handler) => (request, reply) => {
    reply.hijack();
    return handler(request.raw, reply.raw);
  };
  scope.all('/siteapi/revalidate', hand(pod.revalidate));
  scope.all('/siteapi/ready', hand(pod.ready));
});

app.get('/flags', async () => held());

await app.listen({ port: Number(process.env.PORT), host: process.env.POD_IP });
