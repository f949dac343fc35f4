import { getBody, type Secret, signAnswer, verify } from '@everypod/contract';
import { json, problemAnswer } from '../answers.ts';
import type { Life } from '../life.ts';

/** The id of a GET that a holder of one of these secrets has signed; null for any other request. */
export function signedGet(request: Request, secrets: readonly Secret[], life: Life): string | null {
  if (request.method !== 'GET') return null;
  const { pathname, search } = new URL(request.url);
  // What was asked for is what was signed, and Next.js hands it on without its basePath.
  const { basePath } = life.applying.site();
  for (const path of [pathname, `${basePath}${pathname}`]) {
    const verified = verify(secrets, request.headers, getBody(path + search), life.nowMs());
    if (verified.trusted) return verified.id;
  }
  return null;
}

type Pod = { ip: string; name: string; instance: string };

/**
 * Tells of itself to nobody who does not sign with the pod secret.
 * @param tell what was asked for, or a sentence that says what is wrong with the question
 */
export function answerSigned<Told extends { pod: Pod }>(
  request: Request,
  life: Life,
  tell: (asked: URLSearchParams, pod: Pod) => Told | { wrong: string },
): Response {
  const { secrets, ip, name } = life.configuration();
  const id = signedGet(request, secrets, life);
  if (id === null) {
    return problemAnswer(
      'unauthorized',
      'Sign the GET with a pod secret that this pod has, and check both clocks.',
    );
  }
  const told = tell(new URL(request.url).searchParams, { ip, name, instance: life.state.instance });
  if ('wrong' in told) return problemAnswer('bad-request', told.wrong);
  const answer = JSON.stringify(told);
  return json(200, answer, signAnswer(secrets, { id, headers: request.headers }, life.nowMs(), answer));
}
