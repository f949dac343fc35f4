import { beforeHead, cacheControl, cacheControlOf, type Response } from './head.ts';

const brief = 's-maxage=1';

/** Has nobody between this pod and its visitors keep what is old: asked as the head leaves, when it is known. */
export function limitLifetime(response: Response, isOld: () => boolean): void {
  beforeHead(response, () => {
    const isShared = /\bs-maxage=(?!0\b|1\b)\d/.test(cacheControlOf(response));
    if (isShared && isOld()) response.setHeader?.(cacheControl, brief);
  });
}
