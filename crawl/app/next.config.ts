import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { withEverypod } from 'everypod/next';
import type { NextConfig } from 'next';

/** The folder whose node_modules holds React: this app is built deeper inside, with one Next.js or another. */
const root = dirname(dirname(dirname(createRequire(import.meta.url).resolve('react/package.json'))));

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: root,
  turbopack: { root },
  poweredByHeader: false,
};

export default withEverypod(config);
