import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Guarding, guardInUse } from '../guard/guard.ts';
import type { BuildRecord } from './build-record.ts';
import { losesUseCache } from './version.ts';

const middlewareSchema = z.object({ functions: z.record(z.string(), z.unknown()) });

let edge: { of: string; routes: readonly string[] } | undefined;

/** The guard of this process and how far it reaches; null where there is none. */
export function guardingOf(record: BuildRecord): Guarding | null {
  const guard = guardInUse();
  if (guard === null) return null;
  const { distDir, nextVersion, useCache } = record;
  const unguarded =
    (useCache && losesUseCache(nextVersion)) || distDir === null || edgeRoutes(distDir).length > 0;
  return { guard, whole: !unguarded };
}

/** Routes that run apart from the server's process, where no ledger is. One of an unknown number is as good as some. */
function edgeRoutes(distDir: string): readonly string[] {
  if (edge?.of !== distDir) edge = { of: distDir, routes: readEdgeRoutes(distDir) };
  return edge.routes;
}

function readEdgeRoutes(distDir: string): readonly string[] {
  try {
    const file = join(process.cwd(), distDir, 'server/middleware-manifest.json');
    return Object.keys(middlewareSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).functions);
  } catch {
    return ['unknown'];
  }
}
