import { CacheHandler } from '@fortedigital/nextjs-cache-handler';
import createRedisHandler from '@fortedigital/nextjs-cache-handler/redis-strings';
import { createClient } from '@redis/client';
import TurboRedis from '@trieb.work/nextjs-turbo-redis-cache';
import { guard } from 'everypod/cache-handler';

CacheHandler.onCreation(async () => {
  // A build has no Redis, and keeps its pages beside itself.
  if (process.env.NEXT_PHASE === 'phase-production-build') return { handlers: [] };
  const client = createClient({ url: process.env.REDIS_URL });
  client.on('error', () => undefined);
  await client.connect();
  return { handlers: [createRedisHandler({ client, keyPrefix: 'site:' })] };
});

const Inner = process.env.TEST_HANDLER === 'trieb.work' ? TurboRedis : CacheHandler;

export default process.env.TEST_UNGUARDED === '1' ? Inner : guard(Inner, { shared: true });
