import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readInstalled } from './installed.mjs';
import { Obstacle } from './obstacle.mjs';

const progressPeriodMs = 5_000;

/** Installs from the lockfile, unless what is there already agrees with it. Says beforehand what is coming. */
export async function installWhatIsMissing({ root }) {
  const { packages, upToDate } = await readInstalled({ root });
  if (upToDate) return;
  const startedAt = Date.now();
  console.log(
    [
      `Installing what this repository needs, from package-lock.json: ${packages.length} packages, WordPress, Next.js and Node 24 among them.`,
      'All of it comes from the npm registry into node_modules: much to fetch, but only once.',
    ].join('\n'),
  );
  const progress = setInterval(() => {
    const there = packages.filter((folder) => existsSync(join(root, folder, 'package.json'))).length;
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    console.log(`  ${there} of ${packages.length} packages, ${seconds} s`);
  }, progressPeriodMs);
  try {
    await npmCi(root);
  } finally {
    clearInterval(progress);
  }
  console.log(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/** On Node 20, npm would print a hundred warnings on engines; only this launcher runs on it. */
function npmCi(root) {
  const args = ['ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const npm = spawn('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  return new Promise((resolve, reject) => {
    npm.once('error', (error) => {
      reject(
        new Obstacle(
          `npm could not be started (${error.message}). It comes with Node.js: https://nodejs.org`,
        ),
      );
    });
    npm.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Obstacle(
            `npm ci ended with ${signal ?? code}. What it says above is the reason; run this again afterwards.`,
          ),
        );
    });
  });
}
