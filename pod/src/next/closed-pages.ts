import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { plainSpelling } from '../apply/plain-spelling.ts';
import type { Closed } from '../apply/routes.ts';
import { ofPath } from '../apply/tags.ts';

const manifestSchema = z.object({
  routes: z.record(
    z.string(),
    z.object({
      srcRoute: z.string().nullish(),
      initialRevalidateSeconds: z.union([z.number(), z.literal(false)]),
    }),
  ),
  dynamicRoutes: z.record(
    z.string(),
    z.object({
      fallback: z.union([z.string(), z.literal(false), z.null()]),
      dataRoute: z.string().nullish(),
    }),
  ),
});
const metaSchema = z.object({
  headers: z.object({ 'x-next-cache-tags': z.string().optional() }).optional(),
  routeCache: z.object({ key: z.string() }).optional(),
});

type File = { path: string; changes: boolean; mtimeMs: number | null; tags: readonly string[] };

/**
 * Finds the built pages of routes with `dynamicParams = false`, of the build in a folder; null where there are none, or
 * where Next.js has left no manifest. A page that is made again when its time is up may carry other tags then, so the
 * files that tell them are looked at whenever this is asked.
 */
export function findClosed(build: string): (() => Closed) | null {
  const manifest = readJson(join(build, 'prerender-manifest.json'), manifestSchema);
  if (manifest === null) return null;
  // Those of the Pages Router, whose data is JSON, are made again.
  const closed = Object.entries(manifest.dynamicRoutes).filter(
    ([, { fallback, dataRoute }]) => fallback === false && !dataRoute?.endsWith('.json'),
  );
  const routes = new Set(closed.map(([route]) => route));
  if (routes.size === 0) return null;
  const built = Object.entries(manifest.routes).filter(([, { srcRoute }]) => routes.has(srcRoute ?? ''));
  const own = built.map(([path]) => plainSpelling(path));
  const files = built.flatMap(([path, page]) =>
    filesOf(build, path, page.initialRevalidateSeconds !== false),
  );
  for (const file of files) lookAt(file);
  let now = closedBy(routes, own, files);

  return () => {
    const changed = files.filter((file) => file.changes && lookAt(file));
    if (changed.length > 0) now = closedBy(routes, own, files);
    return now;
  };
}

function closedBy(routes: ReadonlySet<string>, own: readonly string[], files: readonly File[]): Closed {
  // Newer versions write a tag that is not ASCII percent-encoded.
  const tags = new Set(files.flatMap((file) => file.tags.flatMap((tag) => [tag, plainSpelling(tag)])));
  const paths = new Set(own);
  // By the paths that stand in them as well: 15.5 puts in the address by which a page was last made.
  for (const tag of tags) if (tag.startsWith(ofPath)) paths.add(plainSpelling(tag.slice(ofPath.length)));
  return {
    routes,
    has: (path) => paths.has(plainSpelling(path)),
    carries: (tag) => tags.has(tag),
  };
}

/** Where a page of the build lies, and where newer versions put it once it was asked for or made again. */
function filesOf(build: string, path: string, changes: boolean): File[] {
  const name = path === '/' ? '/index' : path;
  const lies = [...new Set([name, plainSpelling(name)])].map((one) => join(build, `server/app${one}.meta`));
  const keys = lies
    .map((file) => readJson(file, metaSchema)?.routeCache?.key)
    .filter((key) => key !== undefined);
  const all = [...lies, ...keys.map((key) => join(build, `server${key}.meta`))];
  return all.map((file) => ({ path: file, changes, mtimeMs: null, tags: [] }));
}

/** Whether it has changed. */
function lookAt(file: File): boolean {
  const mtimeMs = statSync(file.path, { throwIfNoEntry: false })?.mtimeMs ?? null;
  if (mtimeMs === file.mtimeMs) return false;
  const found = readJson(file.path, metaSchema)?.headers?.['x-next-cache-tags'];
  // Half-written, or taken away: what it carried before still counts.
  if (found === undefined) return false;
  file.mtimeMs = mtimeMs;
  file.tags = found.split(',');
  return true;
}

function readJson<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
