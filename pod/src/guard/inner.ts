import type { Entry, Handler, HandlerClass } from './handler.ts';
import { builtin } from './requests.ts';

const file = 'next/dist/server/lib/incremental-cache/file-system-cache';

/**
 * Next.js's own cache, of the Next.js that runs: in a monorepo another may lie nearer to this package. So it is looked for
 * among what is loaded, and only then from the app's folder and from here.
 */
export function ownCacheOfNext(): HandlerClass {
  const modules = builtin('node:module') as typeof import('node:module') | undefined;
  // The edge keeps nothing of its own: Next.js hands it the cache of the server.
  if (modules === undefined) return NoCache;
  const fromApp = modules.createRequire(`${process.cwd()}/package.json`);
  const loaded = Object.keys(fromApp.cache).find((name) =>
    name.replaceAll('\\', '/').endsWith(`/${file}.js`),
  );
  const ways = [
    () => fromApp.cache[loaded ?? '']?.exports,
    () => fromApp(file),
    () => modules.createRequire(import.meta.url)(file),
  ];
  for (const way of ways) {
    const found = asClass(attempt(way));
    if (found !== null) return found;
  }
  throw new Error(
    'Everypod does not find the cache of this Next.js, which it guards. Set withEverypod(config, { cacheHandler: false }), and tell us which version this is.',
  );
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

function asClass(found: unknown): HandlerClass | null {
  const own = typeof found === 'object' && found !== null && 'default' in found ? found.default : found;
  return typeof own === 'function' ? (own as HandlerClass) : null;
}
