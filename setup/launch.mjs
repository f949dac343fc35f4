import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installWhatIsMissing } from './install.mjs';
import { findNode } from './node.mjs';
import { Obstacle } from './obstacle.mjs';
import { run } from './run.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Gets what the repository needs, finds a Node that can run it, and hands over to it.
 * @param {{ program: string, purpose: string }} what
 */
export async function launch({ program, purpose }) {
  try {
    await installWhatIsMissing({ root, purpose });
    const node = await findNode({ root });
    process.exitCode = await run({ node, program: join(root, program), args: process.argv.slice(2) });
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
