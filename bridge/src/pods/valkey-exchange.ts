import { builtAtSchema, cursorSchema, epochSchema, podIdentitySchema } from '@everypod/contract';
import { z } from 'zod';
import { JournalUnavailable } from '../journal/journal.ts';
import { script, type ValkeyConnection } from '../journal/valkey-connection.ts';
import { keys } from '../journal/valkey-keys.ts';
import type { Limits } from '../limits.ts';
import type { PodExchange } from './exchange.ts';
import type { PodNews } from './registry.ts';

/**
 * Takes in news and answers with those since the last time. Each address has its latest only.
 * KEYS: pods, order of news, their count. ARGV: the count heard last, how many addresses to keep, and address
 * and news in turn.
 */
const exchange = script(`
for nth = 3, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[nth], ARGV[nth + 1])
  redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[3]), ARGV[nth])
end
local surplus = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[2])
for _, ip in ipairs(surplus > 0 and redis.call('ZRANGE', KEYS[2], 0, surplus - 1) or {}) do
  redis.call('HDEL', KEYS[1], ip)
  redis.call('ZREM', KEYS[2], ip)
end
local ips = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[1], '+inf')
return { redis.call('GET', KEYS[3]) or '0', #ips > 0 and redis.call('HMGET', KEYS[1], unpack(ips)) or {} }
`);

const answerSchema = z.tuple([z.coerce.number(), z.array(z.string())]);

const toldSchema = z.object({
  /** The bridge that tells. */
  bridge: z.string(),
  /** Milliseconds, by the clock that the bridges share. */
  at: z.number(),
  news: z.object({
    pod: podIdentitySchema,
    cursor: cursorSchema.nullable(),
    settled: cursorSchema.nullable(),
    builtAt: builtAtSchema,
    epoch: epochSchema,
    by: z.enum(['push', 'catch-up']),
  }) satisfies z.ZodType<PodNews>,
});

type Options = {
  connection: ValkeyConnection;
  /** This life of the bridge. */
  name: string;
  limits: Limits;
  now: () => number;
  /** To be told what a pod said to another bridge, and when. */
  heard: (news: PodNews, at: number) => void;
};

/** Pods' cursors in Valkey, from which each bridge reads what has changed. */
export function createValkeyExchange({ connection, name, limits, now, heard }: Options): PodExchange {
  let untold = new Map<string, string>();
  let heardUpTo = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function exchangeNews() {
    const telling = untold;
    untold = new Map();
    let answer: unknown;
    try {
      answer = await connection.run(
        exchange,
        [keys.pods, keys.podNews, keys.podNewsCount],
        [heardUpTo, limits.podsRemembered, ...[...telling].flat()],
      );
    } catch (error) {
      untold = new Map([...telling, ...untold]);
      throw error;
    }
    const [count, others] = answerSchema.parse(answer);
    heardUpTo = count;
    for (const text of others) {
      const { bridge, at, news } = toldSchema.parse(JSON.parse(text));
      if (bridge !== name && at >= now() - limits.podMemoryMs) heard(news, at);
    }
  }

  /** One at a time, so that no news is heard twice. */
  function next(): Promise<void> {
    const after = running.then(exchangeNews);
    running = after.catch(() => undefined);
    return after;
  }

  async function repeat() {
    // While Valkey is away the connection's own log line says so; the news waits here.
    await next().catch((error: unknown) => {
      if (!(error instanceof JournalUnavailable)) throw error;
    });
    timer?.refresh();
  }

  return {
    start() {
      timer = setTimeout(repeat, limits.shareEveryMs);
    },
    tell(news) {
      if (!untold.has(news.pod.ip) && untold.size >= limits.podsRemembered) return;
      untold.set(news.pod.ip, JSON.stringify({ bridge: name, at: now(), news }));
    },
    hear: next,
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await next().catch(() => undefined);
    },
  };
}
