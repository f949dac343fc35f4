import { type NextRequest, NextResponse } from 'next/server';

export const config = { matcher: ['/blog/:path*', '/story/:path*', '/walled/:path*'] };

export function middleware({ nextUrl }: NextRequest) {
  if (nextUrl.pathname.startsWith('/walled/')) return new NextResponse('A login is wanted.', { status: 401 });
  if (nextUrl.pathname.startsWith('/story/'))
    return NextResponse.rewrite(new URL(`/en${nextUrl.pathname}`, nextUrl));
  return NextResponse.next({ headers: { 'x-passed': 'middleware' } });
}
