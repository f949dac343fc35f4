// Makes dist/: the whole bridge in one module, so that an image or a package holds nothing else, and its licences.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeLicences } from './licences.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { metafile } = await build({
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
  // Their licences lie beside the bundle, whole.
  legalComments: 'none',
  metafile: true,
  absWorkingDir: here('.'),
  logLevel: 'warning',
});
writeLicences({ inputs: Object.keys(metafile.inputs), from: here('.'), into: here('dist') });
