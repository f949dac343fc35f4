import { limits as messageLimits, type ServedPage, type ServedPages } from '@everypod/contract';
import type { KnownPage } from '../guard/known-pages.ts';
import { pagePathOf } from '../guard/makings.ts';
import type { Life } from '../life.ts';
import { answerSigned } from '../push/signed-get.ts';
import { isElsewhere } from './look.ts';

const parameter = 'pages';

/** Whether a GET asks which pages this pod serves. */
export function asksForPages(request: Request): boolean {
  return new URL(request.url).searchParams.has(parameter);
}

/** "What do you serve?" Told to nobody who does not sign with the pod secret. */
export function answerPages(request: Request, life: Life): Response {
  return answerSigned<ServedPages>(request, life, (asked, pod) => {
    const from = Number(asked.get(parameter) || 0);
    if (!Number.isSafeInteger(from) || from < 0) return { wrong: 'pages is a whole number, from 0.' };
    const known = (life.guarding()?.guard.pages.all() ?? []).sort((one, other) => other.asked - one.asked);
    return {
      pod,
      of: known.length,
      from,
      pages: known.slice(from, from + messageLimits.servedPagesAtOnce).map(servedPage),
    };
  });
}

function servedPage({ path, key, tags, storedAtMs, asked }: KnownPage): ServedPage {
  const servedBy = pagePathOf(key);
  return {
    path,
    ...(isElsewhere(servedBy, path) && { servedBy }),
    tags: tags === '' ? [] : tags.split(',').slice(0, messageLimits.tagsPerServedPage),
    storedAt: storedAtMs === null || storedAtMs <= 0 ? null : new Date(storedAtMs).toISOString(),
    asked,
  };
}
