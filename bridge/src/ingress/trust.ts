import { type Distrust, getBody, type Secret, verify } from '@everypod/contract';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import { problemAnswer } from './problem-answer.ts';

/** A message whose signature holds, or the one answer that every other gets. */
export type Trust =
  | { trusted: true; id: string; body: Buffer; secrets: readonly Secret[] }
  | { trusted: false; answer: Response };

type Options = { secrets: SecretSource; log: Log; metrics: Metrics; now: () => number };

/** Verifies requests on their raw bytes, before anything in them is read. */
export function createTrust({ secrets, log, metrics, now }: Options) {
  function check(request: Request, signed: Buffer): Trust {
    const current = secrets.current();
    const verified = verify(current, request.headers, signed, now());
    if (verified.trusted) return { trusted: true, id: verified.id, body: signed, secrets: current };
    return { trusted: false, answer: distrust(request, verified.cause) };
  }

  /** Tells the log the cause, and the sender nothing of it. */
  function distrust(request: Request, cause: Distrust | 'repeated id'): Response {
    const { pathname } = new URL(request.url);
    const route = pathname.replace(/^(\/v1\/events)\/.*/, '$1/{id}');
    metrics.distrusted(route, cause);
    log.warn({ route, cause }, 'a message was not trusted');
    return problemAnswer(
      'unauthorized',
      'Sign it with the secret that this bridge has, and check the clock.',
    );
  }

  return {
    distrust,
    post: async (request: Request): Promise<Trust> =>
      check(request, Buffer.from(await request.arrayBuffer())),
    get(request: Request): Trust {
      const { pathname, search } = new URL(request.url);
      return check(request, Buffer.from(getBody(pathname + search)));
    },
  };
}

export type CheckTrust = ReturnType<typeof createTrust>;
