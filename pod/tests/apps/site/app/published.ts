import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const fileOf = (name: string) => join(/* turbopackIgnore: true */ process.env.TEST_PUBLISHED ?? '', name);

/** What a test has published under a name; 0 before it has. */
export function contentOf(name: string): string {
  return existsSync(fileOf(name)) ? readFileSync(fileOf(name), 'utf8') : '0';
}

/** Tells the test that this point is reached, and goes on once the test has published `<name>-go`. */
export async function waitForTest(name: string): Promise<void> {
  writeFileSync(fileOf(`${name}-waits`), '');
  while (!existsSync(fileOf(`${name}-go`))) await sleep(20);
}
