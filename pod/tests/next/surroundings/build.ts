import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { packPackage as pack } from './pack.ts';
import { manifestOfNext } from './versions.ts';

const run = promisify(execFile);
const apps = join(import.meta.dirname, '../../apps');
const root = join(apps, '../../..');
/** Each Next.js version, in a workspace that lies in no other: npm installs nothing into one that does. */
const testedWith = join(root, 'tested-with');
/** Inside the workspace, so that React is found from there; ignored by git. */
const cache = join(root, '.everypod/pod-apps');

/** What stands in the environment of each build and of no server, so that no bundle may have it. */
export const buildSecret = 'the-secret-of-the-build';

export type Variant = {
  next: 15 | 16;
  /** `plain` has the write-up's own route, and no everypod at all. */
  pages:
    | 'isr'
    | 'use-cache'
    | 'closed'
    | 'plain'
    | 'pages-router'
    | 'stress'
    | 'stress-components'
    | 'edge'
    | 'visits'
    | 'shapes'
    | 'intl'
    | 'redis';
  basePath: '' | `/${string}`;
  trailingSlash: boolean;
  /** The `.js` one is CommonJS. */
  config: 'next.config.ts' | 'next.config.mjs' | 'next.config.js';
  /** Another Next.js than the one that is tested with, installed when it is first asked for. */
  version?: string;
  /** English, and German under `/de`. */
  locales?: true;
};

/** A standalone build: the folder that it was made in, that of its server, and when it was made. */
export type BuiltApp = {
  variant: Variant;
  project: string;
  folder: string;
  startedAt: string;
  endedAt: string;
};

const madeSchema = z.strictObject({ startedAt: z.iso.datetime(), endedAt: z.iso.datetime() });

/** Builds a variant of the app with the packed package in it, or finds it built from the very same contents. */
export async function buildApp(variant: Variant): Promise<BuiltApp> {
  const tarball = packPackage();
  const sources = [
    ...(variant.pages === 'plain' ? [] : [tarball]),
    join(apps, 'site'),
    ...pagesOf(variant),
    manifestOf(variant),
    ...(variant.pages === 'redis' ? [redisHandlers] : []),
  ];
  const hash = hashOf(sources, JSON.stringify(variant) + buildSecret);
  const project = join(cache, `${nameOf(variant)}-${hash}`);
  const made = join(project, 'made.json');
  if (!existsSync(made)) {
    const draft = `${project}.${process.pid}`;
    layOut(draft, tarball, variant);
    const startedAt = new Date().toISOString();
    await nextBuild(draft, variant);
    writeFileSync(join(draft, 'made.json'), JSON.stringify({ startedAt, endedAt: new Date().toISOString() }));
    forgetOlder(variant);
    renameSync(draft, project);
  }
  const standalone = join(project, '.next/standalone');
  return {
    variant,
    project,
    folder: serverFolder(standalone),
    ...madeSchema.parse(JSON.parse(readFileSync(made, 'utf8'))),
  };
}

/** What `pack-once.ts` packed for all files. */
let packed = process.env.EVERYPOD_PACKED;

export function packPackage(): string {
  packed ??= pack(cache);
  return packed;
}

/** With the handlers that the pages of the stress tests are kept by, and the clients that those want. */
const redisHandlers = join(testedWith, 'redis-handlers/package.json');

/** What lies over what: a build is dear, so what does not disturb each other is of one site. */
const layers: Partial<Record<Variant['pages'], string[]>> = {
  isr: ['isr', 'versions'],
  redis: ['stress', 'redis'],
  closed: ['isr', 'closed'],
  stress: ['pages-router', 'stress'],
  'use-cache': ['stress-components', 'use-cache'],
};

function pagesOf({ pages }: Variant): string[] {
  return (layers[pages] ?? [pages]).map((part) => join(apps, part));
}

function manifestOf({ next, version }: Variant): string {
  if (version !== undefined) return manifestOfNext(version);
  return join(testedWith, `next-${next}`, 'package.json');
}

function layOut(project: string, tarball: string, variant: Variant): void {
  const { pages, config } = variant;
  rmSync(project, { recursive: true, force: true });
  const isPlain = pages === 'plain';
  for (const part of [join(apps, 'site'), ...pagesOf(variant)]) cpSync(part, project, { recursive: true });
  if (isPlain) rmSync(join(project, 'app/siteapi/ready'), { recursive: true });
  renameSync(join(project, 'next.config.ts'), join(project, config));
  if (config === 'next.config.js') turnIntoCommonJs(join(project, config));
  const manifest = manifestOf(variant);
  cpSync(manifest, join(project, 'package.json'));
  const modules = join(project, 'node_modules');
  mkdirSync(modules);
  if (!isPlain) unpack(tarball, join(modules, 'everypod'));
  const nextFolder = dirname(createRequire(manifest).resolve('next/package.json'));
  // Relative, as Next.js hands the link itself on: from the server's folder it leads to what was traced, React beside it.
  symlinkSync(relative(modules, nextFolder), join(modules, 'next'), 'junction');
}

function unpack(tarball: string, folder: string): void {
  mkdirSync(folder);
  execFileSync('tar', ['xzf', tarball, '-C', folder, '--strip-components', '1']);
}

function turnIntoCommonJs(file: string): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text
      .replace(/import (.*) from ('.*');/, 'const $1 = require($2);')
      .replace('export default', 'module.exports ='),
  );
}

async function nextBuild(
  project: string,
  { next, pages, basePath, trailingSlash, locales }: Variant,
): Promise<void> {
  const bin = join(project, 'node_modules/next/dist/bin/next');
  // One app of each version is built as users build theirs: checked and minified.
  const quick = pages === 'isr' && basePath === '' ? '' : next === 15 ? 'webpack' : 'turbopack';
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    NEXT_TELEMETRY_DISABLED: '1',
    // Next.js 15 would write into this repository's lockfile.
    NEXT_IGNORE_INCORRECT_LOCKFILE: '1',
    REVALIDATE_SECRET: buildSecret,
    TEST_BASE_PATH: basePath,
    TEST_TRAILING_SLASH: trailingSlash ? '1' : '0',
    TEST_QUICK_BUILD: quick,
    TEST_CACHE_COMPONENTS: pages === 'use-cache' || pages === 'stress-components' ? '1' : '0',
    // The others are the control.
    TEST_CDN_TAGS: ['stress', 'stress-components', 'use-cache'].includes(pages) ? '1' : '0',
    TEST_LOCALES: locales ? '1' : '0',
  };
  try {
    await run(process.execPath, [bin, 'build'], { cwd: project, env, maxBuffer: 10_000_000 });
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error ? `${error.stdout}` : '';
    throw new Error(`next build failed in ${project}.\n${output}`, { cause: error });
  }
}

function nameOf({ next, pages, basePath, trailingSlash, locales, version }: Variant): string {
  const own = [...(version === undefined ? [] : [version]), ...(locales ? ['locales'] : [])];
  return [next, pages, basePath.slice(1) || 'root', trailingSlash ? 'slash' : 'bare', ...own].join('-');
}

function forgetOlder(variant: Variant): void {
  const ours = new RegExp(`^${nameOf(variant)}-[0-9a-f]+$`);
  for (const name of readdirSync(cache)) if (ours.test(name)) rmSync(join(cache, name), { recursive: true });
}

/** In a workspace, standalone output repeats the path from the workspace's root. */
function serverFolder(standalone: string): string {
  const found = readdirSync(standalone, { recursive: true, encoding: 'utf8' }).find(
    (file) => /(^|[\\/])server\.js$/.test(file) && !/node_modules|running-/.test(file),
  );
  if (found === undefined) throw new Error(`There is no server.js in ${standalone}.`);
  return dirname(join(standalone, found));
}

function hashOf(paths: readonly string[], salt: string): string {
  const hash = createHash('sha256').update(salt);
  for (const path of paths) {
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' }).toSorted()
      : [''];
    for (const file of files.map((name) => join(path, name)).filter((name) => statSync(name).isFile())) {
      hash.update(relative(path, file)).update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
