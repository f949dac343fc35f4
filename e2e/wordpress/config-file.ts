import { readFileSync, writeFileSync } from 'node:fs';
import { wordpressConfigFile } from '../system/places.ts';

/** Runs the body while wp-config.php is changed, as an administrator with access to files would change it. */
export async function withConfig(
  change: (config: string) => string,
  body: () => Promise<void>,
  file = wordpressConfigFile,
): Promise<void> {
  const before = readFileSync(file, 'utf8');
  const changed = change(before);
  if (changed === before) throw new Error('The change to wp-config.php changed nothing.');
  writeFileSync(file, changed);
  try {
    await body();
  } finally {
    writeFileSync(file, before);
  }
}

/** For `withConfig`: the constant gets this value, whether it was there or not, or goes. */
export function constant(name: string, value: string | null): (config: string) => string {
  return (config) => {
    const [start = '', ...rest] = config.split('\n').filter((line) => !line.includes(`'${name}'`));
    const own = value === null ? [] : [`define( '${name}', '${value}' );`];
    return [start, ...own, ...rest].join('\n');
  };
}
