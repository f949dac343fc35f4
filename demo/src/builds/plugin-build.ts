import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Processes } from '../processes/processes.ts';
import { contentHash } from './content-hash.ts';

/** Builds the plugin's scripts when they are missing or older than their sources. */
export async function buildPlugin(options: {
  root: string;
  processes: Processes;
  say: (line: string) => void;
}): Promise<string> {
  const plugin = join(options.root, 'wp-plugin');
  const stamp = join(options.root, 'node_modules', '.cache', 'everypod', 'plugin-build');
  const sources = ['src', 'package.json', 'tsconfig.json', 'webpack.config.js', 'webpack.config.mjs'];
  const wanted = await contentHash(sources.map((name) => join(plugin, name)));
  const built = await readFile(stamp, 'utf8').catch(() => '');
  if (built === wanted && existsSync(join(plugin, 'build', 'editor.js'))) return plugin;
  options.say("Building the plugin's scripts …");
  await options.processes.run({
    name: 'plugin-build',
    command: 'npm',
    args: ['run', 'build', '-w', '@everypod/wp-plugin'],
    cwd: options.root,
  });
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, wanted);
  return plugin;
}
