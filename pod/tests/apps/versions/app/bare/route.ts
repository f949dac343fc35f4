import { revalidateTag } from 'next/cache';
import type { NextRequest } from 'next/server';

/** What a webhook does that knows nothing of renders in flight. */
export function POST(request: NextRequest) {
  revalidateTag(request.nextUrl.searchParams.get('tag') ?? '', { expire: 0 });
  return new Response('revalidated');
}
