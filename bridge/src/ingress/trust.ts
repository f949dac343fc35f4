import { type Distrust, getBody, type SignedHeaders, speaksSecond, verify } from '@everypod/contract';
import type { Context } from 'hono';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import type { Edge } from './address.ts';
import { problemAnswer } from './problem-answer.ts';
import { readBody } from './read-body.ts';
import { signedAnswer, signText } from './signed-answer.ts';

/** A message whose signature holds. */
export type Message = {
  id: string;
  body: Buffer;
  /** Whether its sender takes the fields and words of the second protocol. */
  speaksSecond: boolean;
  /** Signs an answer's text; what is not signed here is signed on its way out where the message asks for it. */
  sign(body: string): SignedHeaders;
  /** The answer to one that can't be trusted all the same. */
  refuse(cause: 'repeated id'): Response;
};

/** Answers a message. There is no other way to be given one than through {@link Trust}. */
export type AnswerMessage = (message: Message, c: Context<Edge>) => Promise<Response>;

/** Who signs for a route, and with what. */
export type Trust = {
  /**
   * Lets nothing but messages whose signature holds through to `answer`; every other gets one and the same 401.
   * @param route its name in log and metrics, which nothing of a request that is not trusted ever enters
   * @param bodyBytes the most that a message has; 0 for a GET, which signs its own address
   */
  signed(route: string, bodyBytes: number, answer: AnswerMessage): (c: Context<Edge>) => Promise<Response>;
};

type Options = { secrets: SecretSource; log: Log; metrics: Metrics; limits: Limits; now: () => number };

/** Verifies requests on their raw bytes, before anything in them is read. */
export function createTrust({ secrets, log, metrics, limits, now }: Options): Trust {
  const tell = createTellDistrust({ log, limits, now });

  /** Tells the log the cause, and the sender nothing of it. */
  function distrust(route: string, cause: Distrust | 'repeated id'): Response {
    metrics.distrusted(route, cause);
    tell(route, cause);
    return problemAnswer(
      'unauthorized',
      'Sign it with the secret that this bridge has, and check the clock.',
    );
  }

  return {
    signed: (route, bodyBytes, answer) => async (c) => {
      const { headers } = c.req.raw;
      // Against no secret only the headers are judged: what has none that could hold costs no reading and no HMAC.
      const glance = verify([], headers, '', now());
      if (!glance.trusted && glance.cause !== 'wrong signature') return distrust(route, glance.cause);

      const { incoming } = c.env;
      const read =
        bodyBytes === 0
          ? ({ kind: 'whole', bytes: Buffer.from(getBody(incoming.url ?? '')) } as const)
          : await readBody(incoming, bodyBytes);
      if (read.kind === 'too large') {
        return problemAnswer('too-large', `A message here has at most ${bodyBytes} bytes.`);
      }
      if (read.kind === 'broken off') {
        log.debug({ route }, 'a message broke off');
        return problemAnswer('bad-request', 'The message broke off. Send it again.');
      }

      const current = secrets.current();
      const verified = verify(current, headers, read.bytes, now());
      if (!verified.trusted) return distrust(route, verified.cause);
      const refuse = (cause: 'repeated id') => distrust(route, cause);
      const { id } = verified;
      const question = () => ({ headers, id, secrets: current, nowMs: now() });
      const sign = (body: string) => signText(question(), body);
      const message = { id, body: read.bytes, speaksSecond: speaksSecond(headers), sign, refuse };
      const answered = await answer(message, c);
      return signedAnswer(question(), answered);
    },
  };
}

/**
 * Warns once in a while of each route and cause, with how many more there were, and tells each at debug: a flood of
 * them must fill no disk. Both names are of a few, so there is nothing to forget.
 */
function createTellDistrust({ log, limits, now }: Pick<Options, 'log' | 'limits' | 'now'>) {
  const warned = new Map<string, { at: number; since: number }>();
  return (route: string, cause: Distrust | 'repeated id') => {
    const name = `${route} ${cause}`;
    const last = warned.get(name);
    if (last && Math.abs(now() - last.at) < limits.distrustWarnMs) {
      last.since += 1;
      log.debug({ route, cause }, 'a message was not trusted');
      return;
    }
    warned.set(name, { at: now(), since: 0 });
    log.warn(
      { route, cause, ...(last && last.since > 0 && { more: last.since }) },
      'a message was not trusted',
    );
  };
}
