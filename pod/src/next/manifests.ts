import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Routes } from '../apply/routes.ts';
import { readBuildRecord } from './build-record.ts';

const manifestSchema = z.record(z.string(), z.string());
const isPage = (route: string) => !/^\/(_app|_document|_error|404|500|api(\/.*)?)$/.test(route);

let known: Routes | undefined;

/** The routes of this build, from Next.js's own manifests; null where they are not found, as in `next dev`. */
export function readRoutes(): Routes | null {
  if (known !== undefined) return known;
  const app = readManifest('app-path-routes-manifest.json');
  if (app === null) return null;
  const pages = Object.keys(readManifest('server/pages-manifest.json') ?? {}).filter(isPage);
  known = { app, pages };
  return known;
}

function readManifest(file: string): Record<string, string> | null {
  try {
    return manifestSchema.parse(
      JSON.parse(readFileSync(join(process.cwd(), readBuildRecord().distDir, file), 'utf8')),
    );
  } catch {
    return null;
  }
}
