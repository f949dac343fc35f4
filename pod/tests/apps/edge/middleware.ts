import { NextResponse } from 'next/server';

export const middleware = () => NextResponse.next({ headers: { 'x-passed': 'middleware' } });
export const config = { matcher: ['/blog/:path*'] };
