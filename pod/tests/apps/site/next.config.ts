import { withEverypod } from 'everypod/next';

const cacheComponents = process.env.TEST_CACHE_COMPONENTS === '1';

export default withEverypod({
  output: 'standalone',
  // Next.js 15 finds these beside itself here, and takes a third of its time to trace them into a server without use for them.
  outputFileTracingExcludes: {
    '**': [
      'node_modules/{node,webpack,@webassemblyjs,acorn*,enhanced-resolve,esbuild,@babel,typescript,terser*}/**',
      'node_modules/{svgo,css*,postcss*,stylehacks,browserslist,caniuse*,sharp,@img,schema-utils,ajv*}/**',
    ],
  },
  basePath: process.env.TEST_BASE_PATH ?? '',
  trailingSlash: process.env.TEST_TRAILING_SLASH === '1',
  // 15 knows no such setting, and warns about what it does not know.
  ...(cacheComponents && { cacheComponents }),
  ...(process.env.TEST_LOCALES === '1' && { i18n: { locales: ['en', 'de'], defaultLocale: 'en' } }),
});
