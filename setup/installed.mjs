import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Compares the lockfile with what npm has noted down inside node_modules, which it does when it has finished.
 * @returns {Promise<{ packages: string[], upToDate: boolean }>} the folders that the lockfile wants
 */
export async function readInstalled({ root }) {
  const wanted = await packagesIn(join(root, 'package-lock.json'));
  const present = await packagesIn(join(root, 'node_modules', '.package-lock.json'));
  const packages = [...wanted].filter(([folder]) => folder.includes('node_modules/'));
  const upToDate = packages.every(([folder, one]) => {
    const found = present.get(folder);
    // Optional ones are for other platforms, or have failed to build here, and npm leaves them out.
    return found ? found.version === one.version && found.integrity === one.integrity : isOptional(one);
  });
  return { packages: packages.filter(([, one]) => !isOptional(one)).map(([folder]) => folder), upToDate };
}

const isOptional = (one) => one.optional === true || one.devOptional === true;

async function packagesIn(file) {
  try {
    return new Map(Object.entries(JSON.parse(await readFile(file, 'utf8')).packages));
  } catch {
    return new Map();
  }
}
