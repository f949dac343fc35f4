import { type NextRequest, NextResponse } from 'next/server';

export const config = { matcher: ['/story/:slug*', '/walled/:slug*'] };

/** As a site with languages and a login does: its public addresses are not those of its folders. */
export function middleware(request: NextRequest) {
  const { pathname } = request.nextUrl;
  if (pathname.startsWith('/walled/')) return new NextResponse('A login is wanted.', { status: 401 });
  return NextResponse.rewrite(new URL(`/en${pathname}`, request.url));
}
