import {
  builtAtSchema,
  cursorSchema,
  epochSchema,
  howSettledShape,
  podIdentitySchema,
  withoutBridgeSchema,
} from '@everypod/contract';
import { z } from 'zod';
import { JournalUnavailable } from '../journal/journal.ts';
import { script, type ValkeyConnection } from '../journal/valkey-connection.ts';
import { keys } from '../journal/valkey-keys.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { PodExchange } from './exchange.ts';
import type { PodNews } from './registry.ts';

/**
 * Takes in news and answers with some since the last time, the oldest first. Of each pod there is the latest that it
 * said to each bridge, asking and answering: one bridge may tell of a word later than another of the next word, and
 * an answer to a push must not hide that the pod has asked.
 * KEYS: pods, order of news, their count. ARGV: the count heard last, how many to answer with, how many to keep, and
 * in turn who said it to whom by what, and what.
 */
const exchange = script(`
for nth = 4, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[nth], ARGV[nth + 1])
  redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[3]), ARGV[nth])
end
local surplus = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[3])
for _, who in ipairs(surplus > 0 and redis.call('ZRANGE', KEYS[2], 0, surplus - 1) or {}) do
  redis.call('HDEL', KEYS[1], who)
  redis.call('ZREM', KEYS[2], who)
end
-- A count that was heard of and is not there any more was lost with what it counted.
local count, from = tonumber(redis.call('GET', KEYS[3]) or '0'), tonumber(ARGV[1])
if from > count then from = 0 end
local told = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. from, '+inf', 'LIMIT', 0, ARGV[2])
if #told == 0 then return { tostring(from), {} } end
return { redis.call('ZSCORE', KEYS[2], told[#told]), redis.call('HMGET', KEYS[1], unpack(told)) }
`);

const answerSchema = z.tuple([z.coerce.number(), z.array(z.string().nullable())]);

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
    withoutBridge: withoutBridgeSchema.optional(),
    ...howSettledShape,
  }) satisfies z.ZodType<PodNews>,
});

type Options = {
  connection: ValkeyConnection;
  /** This life of the bridge. */
  name: string;
  log: Log;
  limits: Limits;
  now: () => number;
  /** To be told what a pod said to another bridge, and how long ago. */
  heard: (news: PodNews, ageMs: number) => void;
};

/** Pods' cursors in Valkey, from which each bridge reads what has changed. */
export function createValkeyExchange({ connection, name, log, limits, now, heard }: Options): PodExchange {
  /** A pod asks and answers. */
  const wordsRemembered = 2 * limits.podsRemembered;
  /** Insertion order is the order of being told. */
  let untold = new Map<string, string>();
  let heardUpTo = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function exchangeNews(): Promise<void> {
    const telling = untold;
    untold = new Map();
    let answer: unknown;
    try {
      answer = await connection.run(
        exchange,
        [keys.pods, keys.podNews, keys.podNewsCount],
        [heardUpTo, limits.podNewsAtOnce, wordsRemembered, ...[...telling].flat()],
      );
    } catch (error) {
      const notSince = [...telling].filter(([who]) => !untold.has(who));
      untold = new Map([...notSince, ...untold]);
      throw error;
    }
    const [upTo, texts] = answerSchema.parse(answer);
    heardUpTo = upTo;
    for (const text of texts) if (text !== null) hearOne(text);
    if (texts.length >= limits.podNewsAtOnce) await exchangeNews();
  }

  function hearOne(text: string) {
    const { bridge, at, news } = toldSchema.parse(JSON.parse(text));
    // A clock that was set back since then makes no news of the future.
    const ageMs = Math.max(0, now() - at);
    if (bridge !== name && ageMs <= limits.podMemoryMs) heard(news, ageMs);
  }

  /** One at a time, so that no news is heard twice. */
  function next(): Promise<void> {
    const after = running.then(exchangeNews);
    running = after.catch(() => undefined);
    return after;
  }

  async function repeat() {
    try {
      await next();
    } catch (error) {
      // While Valkey is away the connection's own log line says so, and the news waits here.
      if (!(error instanceof JournalUnavailable))
        log.error({ err: error }, 'news of pods could not be heard');
    }
    timer?.refresh();
  }

  return {
    start() {
      timer = setTimeout(repeat, limits.shareEveryMs);
    },
    tell(news) {
      const who = `${news.pod.ip} ${name} ${news.by}`;
      if (!untold.delete(who) && untold.size >= wordsRemembered) return;
      untold.set(who, JSON.stringify({ bridge: name, at: now(), news }));
    },
    hear: next,
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await next().catch(() => undefined);
    },
  };
}
