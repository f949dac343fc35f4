import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const entry = join(import.meta.dirname, '../../src/guard/cache-handler.ts');

/** Everything that a module and whatever it imports name, whether it is found or not. */
async function namedBy(contents: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    platform: 'neutral',
    packages: 'external',
    external: ['node:*', ...builtinModules],
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  return Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external).map(({ path }) => path),
  );
}

it('the cache handler names no module but its own: Next.js bundles it for the edge', async () => {
  expect(await namedBy(`import ${JSON.stringify(entry)}`)).toEqual([]);
});

it('which is seen where one is named, however deep', async () => {
  const guarding = join(import.meta.dirname, '../../src/next/guarding.ts');
  expect(await namedBy(`import ${JSON.stringify(guarding)}`)).toContain('node:fs');
});
