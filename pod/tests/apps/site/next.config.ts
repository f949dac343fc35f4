import { withEverypod } from 'everypod/next';

const cacheComponents = process.env.TEST_CACHE_COMPONENTS === '1';

export default withEverypod(
  {
    output: 'standalone',
    basePath: process.env.TEST_BASE_PATH ?? '',
    trailingSlash: process.env.TEST_TRAILING_SLASH === '1',
    // 15 knows no such setting, and warns about what it does not know.
    ...(cacheComponents && { cacheComponents }),
    ...(process.env.TEST_LOCALES === '1' && { i18n: { locales: ['en', 'de'], defaultLocale: 'en' } }),
  },
  process.env.TEST_UNGUARDED === '1' ? { cacheHandler: false } : {},
);
