import { type NextRequest, NextResponse } from 'next/server';

export const config = { matcher: '/((?!api|siteapi|_next|.*\\..*).*)' };

/** As a server of many sites does: which of them is meant, its Host tells alone. */
export function middleware(request: NextRequest) {
  const domain = request.headers.get('host')?.split(':', 1)[0];
  if (!domain?.endsWith('.shops.example')) return NextResponse.next();
  return NextResponse.rewrite(new URL(`/${domain}${request.nextUrl.pathname}`, request.url));
}
