import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Routes } from '../apply/routes.ts';
import { closedGuardOf } from '../guard/closed-pages.ts';
import { guardInUse } from '../guard/guard.ts';
import { pagesGuardOf } from '../guard/pages-router.ts';
import { readBuildRecord } from './build-record.ts';
import { findClosed } from './closed-pages.ts';
import { losesClosedPages } from './version.ts';

const manifestSchema = z.record(z.string(), z.string());
const isPage = (route: string) => !/^\/(_app|_document|_error|404|500|api(\/.*)?)$/.test(route);

let known: Routes | undefined;

/** The routes of this build, from Next.js's own manifests; null where they are not found. */
export function readRoutes(): Routes | null {
  const { distDir, nextVersion } = readBuildRecord();
  if (known !== undefined || distDir === null) return known ?? null;
  const app = readManifest(distDir, 'app-path-routes-manifest.json');
  if (app === null) return null;
  const closed = losesClosedPages(nextVersion) ? findClosed(join(process.cwd(), distDir)) : null;
  const isGuarded = () => guardInUse() !== null && closedGuardOf(nextVersion) !== 'left alone';
  known = {
    ...(closed && { closed: () => (isGuarded() ? null : closed()) }),
    app,
    get pagesReached() {
      return guardInUse() !== null && pagesGuardOf(nextVersion) !== 'left alone';
    },
    pages: Object.keys(readManifest(distDir, 'server/pages-manifest.json') ?? {}).filter(isPage),
  };
  return known;
}

function readManifest(distDir: string, file: string): Record<string, string> | null {
  try {
    // Next.js starts a standalone server in its own folder, and `next start` in the project's.
    return manifestSchema.parse(JSON.parse(readFileSync(join(process.cwd(), distDir, file), 'utf8')));
  } catch {
    return null;
  }
}
