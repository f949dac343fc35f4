import { PHASE_PRODUCTION_BUILD } from 'next/constants';
import { cache } from 'react';
import { type ZodType, z } from 'zod';
import { limits } from '@/limits';

/**
 * The only place that calls WordPress. `?rest_route=` works whatever the permalink settings are.
 *
 * Next.js keeps no copy of the answer, only of the page: a page that is rendered again is made from what WordPress
 * says now. An answer that is `kept` is the same on every page; it goes when the whole site is invalidated.
 * Each page asks as little as it can, since Playground answers few requests a second.
 *
 * Throws when WordPress fails, so that no page is ever replaced by one made from half an answer.
 */
export async function ask<Answer>(
  route: string,
  shape: ZodType<Answer>,
  query: Record<string, string>,
  { kept = false }: { kept?: boolean } = {},
): Promise<Answer> {
  startOfThisRender();
  const url = new URL(wordpressUrl());
  url.search = new URLSearchParams({ rest_route: route, ...query }).toString();

  const next = kept ? { revalidate: limits.keptSeconds } : {};
  const response = await fetch(url, { next, signal: deadlineOfThisRender() }).catch((cause) => {
    throw new Error(`WordPress could not be reached at ${url.origin}: is it running?`, { cause });
  });
  if (!response.ok) throw new Error(`WordPress answered ${response.status} to ${url.href}`);
  return shape.parse(await response.json());
}

function wordpressUrl(): string {
  const url = process.env.WORDPRESS_URL;
  if (!url) throw new Error('WORDPRESS_URL is not set: give the address of the WordPress to show');
  return url.endsWith('/') ? url : `${url}/`;
}

/**
 * When this render began to ask WordPress: what it shows is no newer. Cached by React for as long as the render lasts,
 * so that one which stood still between its answer and its end is not taken for the latest.
 */
export const startOfThisRender = cache(() => new Date());

/** One for all requests of a render: cached by React for as long as that lasts. */
const deadlineOfThisRender = cache(() => {
  const building = process.env.NEXT_PHASE === PHASE_PRODUCTION_BUILD;
  const seconds = building ? limits.buildRenderSeconds : renderSeconds.parse(process.env.BLOG_RENDER_SECONDS);
  return AbortSignal.timeout(seconds * 1_000);
});

const renderSeconds = z.coerce.number().positive().default(limits.renderSeconds);
