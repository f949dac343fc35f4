import { withEverypod } from 'everypod/next';

const cacheComponents = process.env.TEST_CACHE_COMPONENTS === '1';
const quick = process.env.TEST_QUICK_BUILD;

export default withEverypod(
  {
    output: 'standalone',
    // Next.js 15 finds these beside itself here, and takes a third of its time to trace them into a server without use for them.
    outputFileTracingExcludes: {
      '**': [
        'node_modules/{node,webpack,@webassemblyjs,acorn*,enhanced-resolve,esbuild,@babel,typescript,terser*}/**',
        'node_modules/{svgo,css*,postcss*,stylehacks,browserslist,caniuse*,sharp,@img,schema-utils,ajv*,sass,immutable}/**',
        'next/dist/compiled/{amphtml-validator,babel*,@next/font,postcss*,cssnano*,*-browserify,schema-utils*,acorn}/**',
        'next/dist/compiled/next-server/*-experimental*',
        'next/dist/{build/webpack-config,server/capsize-font-metrics}*',
        // Its pages would have a React of their own beside that of Next.js, which lies outside of the app here.
        ...(quick === 'webpack' ? ['node_modules/react/**'] : []),
      ],
    },
    ...(quick && { typescript: { ignoreBuildErrors: true } }),
    // Turbopack refuses what it would not hear.
    ...(quick === 'webpack' && {
      webpack: (config) => ({ ...config, optimization: { ...config.optimization, minimize: false } }),
    }),
    basePath: process.env.TEST_BASE_PATH ?? '',
    trailingSlash: process.env.TEST_TRAILING_SLASH === '1',
    // Addresses of which the pages' own say nothing.
    rewrites: async () => [{ source: '/called/:path*', destination: '/:path*' }],
    // 15 knows no such setting, and warns about what it does not know.
    ...(cacheComponents && { cacheComponents }),
    ...(process.env.TEST_LOCALES === '1' && { i18n: { locales: ['en', 'de'], defaultLocale: 'en' } }),
  },
  { cdnTags: process.env.TEST_CDN_TAGS === '1' ? 'Cache-Tag' : undefined },
);
