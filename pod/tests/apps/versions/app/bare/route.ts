import { revalidatePath } from 'next/cache';
import type { NextRequest } from 'next/server';

/** What a webhook does that knows nothing of renders in flight. */
export function POST(request: NextRequest) {
  revalidatePath(request.nextUrl.searchParams.get('path') ?? '/');
  return new Response('revalidated');
}
