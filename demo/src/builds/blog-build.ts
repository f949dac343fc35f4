import { cp, mkdir, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { Processes } from '../processes/processes.ts';
import { Trouble } from '../trouble.ts';
import { finishedName, tidyBuilds, unfinishedName } from './builds-folder.ts';
import { contentHash } from './content-hash.ts';

export type BlogBuild = {
  /** The standalone output with its static files: what an image would hold. */
  folder: string;
  /** The program within it that a pod runs. */
  server: string;
};

type BuildOptions = {
  root: string;
  /** The app's own folder. */
  blog: string;
  /** The folder of the Next.js that it is built with. */
  next: string;
  /** Within the repository: Next.js and React are found in the folders above. */
  builds: string;
  /** Asked while building, for the pages that are baked in. */
  wordpressUrl: string;
  processes: Processes;
  say: (line: string) => void;
};

/** Where a finished build says which program to run; the place depends on where it was built. */
const serverFile = 'everypod-server';

/**
 * Builds the blog once for all pods, with the pod package installed from its tarball, as a user's app has it.
 * A build that is there already, of the very same sources, is used again.
 */
export async function buildBlog(options: BuildOptions): Promise<BlogBuild> {
  const { root, blog, next, builds } = options;
  const sources = ['pod', 'contract/src', 'fan-out/src', 'package-lock.json'].map((source) =>
    join(root, source),
  );
  const madeOf = [blog, ...sources, join(next, 'package.json')];
  const folder = join(builds, finishedName(await contentHash(madeOf)));
  const finished = await serverIn(folder).catch(() => null);
  if (finished !== null) {
    await utimes(folder, new Date(), new Date());
    return { folder, server: finished };
  }

  options.say('Building the blog, once for all pods …');
  // Another start may be building the same thing; whoever is first to move it into place wins.
  const work = join(builds, unfinishedName(process.pid));
  await tidyBuilds(builds);
  try {
    await buildIn(work, options);
    await rename(join(work, 'app', '.next', 'standalone'), folder).catch(() => {});
    return { folder, server: await serverIn(folder) };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const serverIn = (folder: string) => readFile(join(folder, serverFile), 'utf8');

async function buildIn(work: string, options: BuildOptions): Promise<void> {
  const { root, blog, next, wordpressUrl, processes } = options;
  const app = join(work, 'app');
  await cp(blog, app, {
    recursive: true,
    filter: (file) => !['node_modules', '.next'].includes(basename(file)),
  });
  await installPod(join(app, 'node_modules', 'everypod'), { root, work, processes });
  // The one that is found in the folders above needs no link.
  if (next !== join(root, 'node_modules', 'next')) await symlink(next, join(app, 'node_modules', 'next'));
  await processes.run({
    name: 'blog-build',
    command: process.execPath,
    args: [join(next, 'dist', 'bin', 'next'), 'build'],
    cwd: app,
    environment: {
      WORDPRESS_URL: wordpressUrl,
      NEXT_TELEMETRY_DISABLED: '1',
      // Next.js 15 would write into this repository's lockfile.
      NEXT_IGNORE_INCORRECT_LOCKFILE: '1',
      NODE_ENV: 'production',
    },
  });
  const standalone = join(app, '.next', 'standalone');
  const inStandalone = relative(root, app);
  await cp(join(app, '.next', 'static'), join(standalone, inStandalone, '.next', 'static'), {
    recursive: true,
  });
  await writeFile(join(standalone, serverFile), join(inStandalone, 'server.js'));
}

async function installPod(
  into: string,
  { root, work, processes }: { root: string; work: string; processes: Processes },
): Promise<void> {
  await processes.run({
    name: 'pod-package',
    command: 'npm',
    args: ['pack', '-w', 'everypod', '--pack-destination', work],
    cwd: root,
  });
  const tarball = (await readdir(work)).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Trouble('`npm pack -w everypod` left no tarball.');
  await mkdir(into, { recursive: true });
  await processes.run({
    name: 'pod-package',
    command: 'tar',
    args: ['-xzf', join(work, tarball), '-C', into, '--strip-components=1'],
  });
}
