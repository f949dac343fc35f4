import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installWhatIsMissing } from './install.mjs';
import { findNode } from './node.mjs';
import { Obstacle } from './obstacle.mjs';
import { run } from './run.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Gets what the repository needs, finds a Node that can run it, and hands the program that was named over to it. */
export async function launch() {
  const [program, ...args] = process.argv.slice(2);
  try {
    if (program === undefined) throw new Obstacle('Name the program to run, for instance demo/src/main.ts.');
    await installWhatIsMissing({ root });
    const node = await findNode({ root });
    process.exitCode = await run({ node, program: join(root, program), args });
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
