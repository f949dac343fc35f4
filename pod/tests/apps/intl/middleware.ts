import createMiddleware from 'next-intl/middleware';
import { routing } from './i18n/routing';

export const config = { matcher: '/((?!api|siteapi|_next|.*\\..*).*)' };

export default createMiddleware(routing);
