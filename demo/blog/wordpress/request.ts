import { PHASE_PRODUCTION_BUILD } from 'next/constants';
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

  const response = await fetch(url, { next: { tags }, signal: AbortSignal.timeout(deadlineMs()) });
  if (!response.ok) {
    throw new Error(`WordPress answered ${response.status} to ${url.href}: the page keeps its last copy`);
  }
  return shape.parse(await response.json());
}

function wordpressUrl(): string {
  const url = process.env.WORDPRESS_URL;
  if (!url) throw new Error('WORDPRESS_URL is not set: give the address of the WordPress to show');
  return url.endsWith('/') ? url : `${url}/`;
}

function deadlineMs(): number {
  const building = process.env.NEXT_PHASE === PHASE_PRODUCTION_BUILD;
  return building ? limits.buildRequestDeadlineMs : limits.requestDeadlineMs;
}
