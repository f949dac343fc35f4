import { getBody, type Secret, verify } from '@everypod/contract';
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
