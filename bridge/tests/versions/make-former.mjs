// Makes what the tests of versions run in the place of an older bridge, pod and contract:
//   node bridge/tests/versions/make-former.mjs COMMIT NAME
// NAME.mjs.gz, the code of that commit in one module, which takes other packages from node_modules. It is kept, since a
// shallow clone has no commit to make it from.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const [commit, name] = process.argv.slice(2);
const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'everypod-former-'));
const archive = execFileSync('git', ['archive', commit, 'contract', 'fan-out', 'bridge/src', 'pod/src'], {
  cwd: root,
  maxBuffer: 2 ** 27,
});
execFileSync('tar', ['x', '-C', folder], { input: archive });
writeFileSync(
  join(folder, 'former.ts'),
  `export { createBridge } from './bridge/src/bridge.ts';
export { readConfig } from './bridge/src/config/config.ts';
export { limits as bridgeLimits } from './bridge/src/limits.ts';
export { createProcessClock } from './pod/src/clock.ts';
export { newPodState } from './pod/src/state.ts';
export { createPodOf } from './pod/src/wiring.ts';
export * as contract from './contract/src/index.ts';
`,
);
const { outputFiles } = await build({
  entryPoints: ['former.ts'],
  absWorkingDir: folder,
  alias: {
    '@everypod/contract': './contract/src/index.ts',
    '@everypod/fan-out': './fan-out/src/index.ts',
  },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  write: false,
  logLevel: 'warning',
});
writeFileSync(join(import.meta.dirname, `${name}.mjs.gz`), gzipSync(outputFiles[0].contents, { level: 9 }));
rmSync(folder, { recursive: true });
