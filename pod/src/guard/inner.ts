import { builtin } from './builtin.ts';
import type { Entry, Handler, HandlerClass } from './next-cache.ts';

const cacheFile = 'next/dist/server/lib/incremental-cache/file-system-cache';

/**
 * Next.js's own cache, of the Next.js that runs: in a monorepo another may lie nearer to this package. So it is looked for
 * among what is loaded, and only then from the app's folder and from here.
 */
export function ownCacheOfNext(): HandlerClass {
  // The edge keeps nothing of its own: Next.js hands it the cache of the server.
  if (process.env.NEXT_RUNTIME === 'edge') return NoCache;
  const found = loaderOfNext()?.(cacheFile);
  const own = typeof found === 'object' && found !== null && 'default' in found ? found.default : found;
  if (typeof own === 'function') return own as HandlerClass;
  throw new Error(
    'Everypod does not find the cache of this Next.js, which it guards. Run it with Node.js 20.16 or newer; if you do, set withEverypod(config, { cacheHandler: false }) and tell us which versions these are.',
  );
}

/** The version of the Next.js that runs; null where it is not found. */
export function versionOfRunningNext(): string | null {
  const found = loaderOfNext()?.('next/package.json');
  return typeof found === 'object' && found !== null && 'version' in found ? String(found.version) : null;
}

/** A file of the Next.js that runs; undefined where it has none of that name. */
export function loadFromNext(file: string): unknown {
  return loaderOfNext()?.(file);
}

type Load = (file: string) => unknown;

function loaderOfNext(): Load | null {
  const modules = builtin('node:module') as typeof import('node:module') | undefined;
  if (modules === undefined) return null;
  const fromApp = modules.createRequire(`${process.cwd()}/package.json`);
  const suffix = `/${cacheFile}.js`;
  const loaded = Object.keys(fromApp.cache).find((name) => name.replaceAll('\\', '/').endsWith(suffix));
  const folder = loaded?.slice(0, -suffix.length);
  return (file) => {
    const ways = [
      () => (folder === undefined ? undefined : fromApp(`${folder}/${file}`)),
      () => fromApp(file),
      () => modules.createRequire(import.meta.url)(file),
    ];
    for (const way of ways) {
      const found = attempt(way);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

class NoCache implements Handler {
  async get(): Promise<Entry | null> {
    return null;
  }
  async set(): Promise<void> {}
  async revalidateTag(): Promise<void> {}
}

function attempt(way: () => unknown): unknown {
  try {
    return way();
  } catch {
    return undefined; // The next way is tried; when none is left, that is said.
  }
}
