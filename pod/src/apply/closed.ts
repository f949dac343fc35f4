import type { Call } from './plan.ts';
import type { Closed, Routes } from './routes.ts';

/** Whether a folder of the App Router has a closed page, itself or anywhere under it. */
export function hasClosed(folder: string, routes: Routes, closed: Closed): boolean {
  return filesUnder(folder, routes).some((file) => isClosed(file, routes, closed));
}

/** What reaches all that is under a folder but its closed pages. */
export function callsOfOpen(folder: string, routes: Routes, closed: Closed): Call[] {
  return filesUnder(folder, routes)
    .filter((file) => !isClosed(file, routes, closed))
    .map((file) => {
      const own = file.slice(0, file.lastIndexOf('/')) || '/';
      if (isPage(file)) return { path: own, scope: 'page' };
      // A route handler is reached by its folder or, where that has a closed page too, by its file; Next.js warns of a
      // pattern then, and does it.
      return hasClosed(own, routes, closed) ? { path: file } : { path: own, scope: 'layout' };
    });
}

export function closedReason({ routes }: Closed): string {
  const some = [...routes].slice(0, 3).join(', ');
  return `Routes with dynamicParams = false (${some}) keep the pages of their build: this version of Next.js would answer 404 for one that is invalidated, until the next build. Build anew, use the cache handler of withEverypod on Next.js 15.4 or newer, update Next.js to 16.4 or newer, or take dynamicParams = false away.`;
}

function filesUnder(folder: string, { app }: Routes): string[] {
  const start = folder === '/' ? '/' : `${folder}/`;
  return Object.keys(app).filter((file) => file.startsWith(start));
}

/** Next.js makes a route handler again, whatever its dynamicParams. */
function isClosed(file: string, { app }: Routes, { routes }: Closed): boolean {
  return isPage(file) && routes.has(app[file] ?? '');
}

function isPage(file: string): boolean {
  return file.endsWith('/page');
}
