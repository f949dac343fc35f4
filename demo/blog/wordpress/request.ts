import { PHASE_PRODUCTION_BUILD } from 'next/constants';
import { cache } from 'react';
import type { ZodType } from 'zod';
import { limits } from '@/limits';
import type { Tag } from './tags';

/**
 * The only place that calls WordPress. `?rest_route=` works whatever the permalink settings are.
 *
 * Without `revalidate` Next.js keeps no copy of the answer, only of the page, so a page that is rendered again
 * is always made from what WordPress says now; the tags land on that page.
 *
 * Throws when WordPress fails, so that no page is ever replaced by one made from half an answer.
 */
export async function ask<Answer>(
  route: string,
  shape: ZodType<Answer>,
  { query = {}, tags = [] }: { query?: Record<string, string>; tags?: Tag[] } = {},
): Promise<Answer> {
  const url = new URL(wordpressUrl());
  url.search = new URLSearchParams({ rest_route: route, ...query }).toString();

  const response = await fetch(url, { next: { tags }, signal: deadlineOfThisRender() }).catch((cause) => {
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

/** One for all requests of a render: cached by React for as long as that lasts. */
const deadlineOfThisRender = cache(() => {
  const building = process.env.NEXT_PHASE === PHASE_PRODUCTION_BUILD;
  return AbortSignal.timeout(building ? limits.buildRenderMs : limits.renderMs);
});
