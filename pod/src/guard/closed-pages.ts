import { plainSpelling } from '../apply/plain-spelling.ts';
import { pagePathOf } from './makings.ts';
import { readJson } from './manifests.ts';
import type { Value } from './next-cache.ts';
import { isFrom } from './versions.ts';

/** How Next.js itself asks for a page anew, for `res.revalidate`: without a connection, by the page's own path. */
type ServerOfNext = {
  nextConfig: { basePath?: string };
  revalidate(asked: {
    urlPath: string;
    /** The same as 15 and as 16 call it. */
    revalidateHeaders: Record<string, string>;
    headers: Record<string, string>;
    opts: Record<string, never>;
  }): Promise<void>;
};

const methods = Symbol.for('@next/router-server-methods');
type Global = { [methods]?: Record<string, Partial<ServerOfNext>> };

/** With the build's own secret in it, it is Next.js that asks; any visitor may send it without. */
const askedAnew = 'x-prerender-revalidate';

/**
 * Stands for an expired page where Next.js asks for it anew: seeing none, it would answer 404. It is never shown, and
 * where the render fails Next.js would store it, which is refused.
 */
export const noPage: Value = { kind: 'APP_PAGE', html: '', headers: {}, segmentData: undefined };

/** The built pages of routes with `dynamicParams = false`, of the build whose server files lie in a folder. */
export type ClosedPages = {
  has(key: string): boolean;
  isAskedAnew(headers: unknown): boolean;
  /** Returns when the page is made. @throws where its render fails */
  askAnew(key: string): Promise<void>;
};

/**
 * What this Next.js is given for an expired closed page: an entry so old that it makes the page before it answers; what it
 * makes when it is asked for the page while the visitor waits; none, which it takes rightly; or, where it would answer 404
 * whatever is done, whatever its own cache has.
 */
export type ClosedGuard = 'made before the answer' | 'asked for anew' | 'none there' | 'left alone';

export function closedGuardOf(nextVersion: string | null): ClosedGuard {
  if (isFrom(nextVersion, 16, 4)) return 'none there';
  if (isFrom(nextVersion, 16, 3, 8)) return 'made before the answer';
  return isFrom(nextVersion, 15, 4) && serverOfNext() !== null ? 'asked for anew' : 'left alone';
}

const known = new Map<string, ClosedPages | null>();

/** Null where it has none. */
export function closedPagesOf(serverDistDir = ''): ClosedPages | null {
  const here = known.get(serverDistDir);
  if (here !== undefined) return here;
  const found = read(serverDistDir);
  known.set(serverDistDir, found);
  return found;
}

type Manifest = {
  routes?: Record<string, { srcRoute?: string | null }>;
  dynamicRoutes?: Record<string, { fallback?: unknown; dataRoute?: string | null }>;
  preview?: { previewModeId?: string };
};

function read(serverDistDir: string): ClosedPages | null {
  const manifest = readJson(`${serverDistDir}/../prerender-manifest.json`) as Manifest | null;
  const secret = manifest?.preview?.previewModeId;
  if (!manifest || !secret) return null;
  const isClosed = (route: string | null | undefined) => {
    const { fallback, dataRoute } = manifest.dynamicRoutes?.[route ?? ''] ?? {};
    // Those of the Pages Router have their data as JSON.
    return fallback === false && !dataRoute?.endsWith('.json');
  };
  const built = Object.entries(manifest.routes ?? {}).filter(([, { srcRoute }]) => isClosed(srcRoute));
  const paths = new Set(built.map(([path]) => plainSpelling(path)));
  if (paths.size === 0) return null;
  return {
    has: (key) => spellingsOf(key).some((path) => paths.has(path)),
    isAskedAnew: (headers) => (headers as Record<string, unknown> | undefined)?.[askedAnew] === secret,
    async askAnew(key) {
      const server = serverOfNext();
      if (server === null) throw new Error('Next.js no longer has a way to make a page anew.');
      const urlPath = `${server.nextConfig.basePath ?? ''}${urlPathOf(pagePathOf(key))}`;
      const headers = { [askedAnew]: secret };
      await server.revalidate({ urlPath, revalidateHeaders: headers, headers, opts: {} });
    },
  };
}

/** As it is kept, which is decoded, and decoded once more: versions differ in what they keep. */
function spellingsOf(key: string): string[] {
  const path = pagePathOf(key);
  return [path, plainSpelling(path)];
}

/** A process serves one app; of several nobody could tell whose page is meant. */
function serverOfNext(): ServerOfNext | null {
  const [server, ...more] = Object.values((globalThis as Global)[methods] ?? {});
  if (server?.revalidate === undefined || more.length > 0) return null;
  return { nextConfig: {}, ...server } as ServerOfNext;
}

/** Next.js keeps a path decoded, but for what would take it apart. */
function urlPathOf(path: string): string {
  const encode = (part: string, at: number) => (at % 2 ? part : encodeURIComponent(part));
  return path
    .split('/')
    .map((segment) =>
      segment
        .split(/(%(?:25)?(?:2f|23|3f|5c))/i)
        .map(encode)
        .join(''),
    )
    .join('/');
}
