import { withEverypod } from 'everypod/next';

export default withEverypod({
  output: 'standalone',
  typescript: { ignoreBuildErrors: true },
  rewrites: async () => ({
    // Before the app's own pages, of which one has this very address.
    beforeFiles: [{ source: '/hidden/:slug', destination: '/posts/:slug' }],
    afterFiles: [{ source: '/articles/:slug', destination: '/posts/:slug' }],
    fallback: [{ source: '/former/:year/:slug', destination: '/posts/:slug' }],
  }),
});
