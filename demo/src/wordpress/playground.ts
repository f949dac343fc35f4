import { mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WordPressRuntime } from './runtime.ts';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const phpVersion = '8.3';

/** WordPress Playground: PHP as WebAssembly, so that Node is enough. */
export function playgroundRuntime(): WordPressRuntime {
  const cli = join(dirname(require.resolve('@wp-playground/cli/package.json')), 'wp-playground.js');
  return {
    label: `Playground (PHP ${phpVersion})`,
    // A read takes a second or two on a loaded machine, and all pods render at once.
    renderSeconds: 25,
    contentFolder: () => null,
    serve: async ({ core, content, port, url }, processes) => {
      // A symbolic link that native PHP may have left here would hide the mounted content.
      await rm(join(core, 'wp-content'), { recursive: true, force: true });
      await mkdir(join(core, 'wp-content'));
      return processes.start({
        name: 'wordpress',
        command: process.execPath,
        args: [
          ...['--import', join(here, 'loopback-only.mjs')],
          cli,
          'server',
          `--port=${port}`,
          `--site-url=${url}`,
          `--php=${phpVersion}`,
          '--workers=2',
          `--mount-before-install=${core}:/wordpress`,
          `--mount-before-install=${content}:/wordpress/wp-content`,
          '--wordpress-install-mode=do-not-attempt-installing',
          '--skip-sqlite-setup',
        ],
      });
    },
  };
}
