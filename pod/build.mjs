// Makes dist/: self-contained modules, so that nothing but this package lands in a user's app, and their types.
// The one that next.config names is there for `require` too, which before Node.js 20.19 takes no other module.
// `node build.mjs FOLDER` makes FOLDER/dist instead, without types, which take ten times as long as the rest.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeLicences } from '../bridge/licences.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [elsewhere] = process.argv.slice(2);
const dist = join(elsewhere ?? here, 'dist');
/** Filled first and then put in place at once, so that whoever packs meanwhile never meets half of it. */
const fresh = join(elsewhere ?? here, `.dist-${process.pid}`);

/** Whoever uses a part that needs one of these has it. */
const peers = ['next', 'react'];

/** Two thirds of zod are translations of its messages, which no caller of a pod chooses. */
const englishOnly = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

const { metafile } = await bundle({
  entryPoints: {
    index: join(here, 'src/index.ts'),
    next: join(here, 'src/next/index.ts'),
    commands: join(here, 'src/commands.ts'),
  },
  format: 'esm',
  splitting: true,
});
await bundle({
  entryPoints: { next: join(here, 'src/next/index.ts') },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
});
// Next.js bundles it into each edge route, where nothing of Node.js may be named; and it shares no chunk that does.
await bundle({
  entryPoints: { 'cache-handler': join(here, 'src/guard/cache-handler.ts') },
  format: 'esm',
  platform: 'neutral',
});
// So that pages take nothing of a pod with it.
await bundle({
  entryPoints: { freshness: join(here, 'src/next/freshness.ts') },
  format: 'esm',
  platform: 'neutral',
});
writeLicences({ inputs: Object.keys(metafile.inputs), from: here, into: fresh });
if (elsewhere === undefined) {
  emitTypes();
  keepReachableTypes(['index.d.ts', 'next/index.d.ts', 'next/freshness.d.ts', 'guard/cache-handler.d.ts']);
}
rmSync(dist, { recursive: true, force: true });
renameSync(fresh, dist);

function bundle(options) {
  return build({
    outdir: fresh,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['next/*', 'react'],
    plugins: [englishOnly],
    metafile: true,
    absWorkingDir: here,
    logLevel: 'warning',
    ...options,
  });
}

function emitTypes() {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript-7/package.json')),
    'bin/tsc',
  );
  const options = ['-p', join(here, 'tsconfig.types.json'), '--outDir', join(fresh, 'types')];
  execFileSync(process.execPath, [compiler, ...options], { stdio: 'inherit' });
}

/** Declarations of inner modules name workspaces that no user has, so only what the entries reach is kept. */
function keepReachableTypes(entries) {
  const types = join(fresh, 'types');
  const reached = new Set();
  const visit = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    const text = readFileSync(file, 'utf8').replace(/(from ')(\.[^']+)\.ts'/g, "$1$2.js'");
    writeFileSync(file, text);
    for (const [, name] of text.matchAll(/from '([^']+)'/g)) {
      if (name.startsWith('.')) visit(join(dirname(file), name.replace(/\.js$/, '.d.ts')));
      else if (!peers.includes(name) && !name.startsWith('node:'))
        throw new Error(`${file} names ${name}, which users of this package do not have.`);
    }
  };
  for (const entry of entries) visit(join(types, entry));
  for (const name of readdirSync(types, { recursive: true })) {
    const file = join(types, name);
    if (file.endsWith('.d.ts') && !reached.has(file)) rmSync(file);
  }
}
