import { type NextRequest, NextResponse } from 'next/server';

export const config = { matcher: ['/shop', '/shop/:slug*'] };

/** As a server of many sites does: which of them is meant, its Host tells alone. */
export function middleware(request: NextRequest) {
  const domain = request.headers.get('host')?.split(':', 1)[0];
  const slug = request.nextUrl.pathname.split('/').at(-1);
  return NextResponse.rewrite(new URL(`/${domain}/${slug}`, request.url));
}
