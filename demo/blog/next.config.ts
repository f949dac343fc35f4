import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { withEverypod } from 'everypod/next';
import type { NextConfig } from 'next';

/**
 * The folder whose node_modules holds Next.js: the repository's root for the demo, which builds a copy of this
 * app deeper inside. Files are only bundled and traced below it.
 */
const root = dirname(dirname(dirname(createRequire(import.meta.url).resolve('next/package.json'))));

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: root,
  turbopack: { root },
  poweredByHeader: false,
};

export default withEverypod(config);
