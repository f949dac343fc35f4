// Makes dist/main.mjs: the whole bridge in one module, so that an image or a package holds nothing else.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: [here('src/main.ts')],
  outfile: here('dist/main.mjs'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The logger and the metrics are CommonJS and ask for node's own modules by require.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  legalComments: 'linked',
  logLevel: 'warning',
});
