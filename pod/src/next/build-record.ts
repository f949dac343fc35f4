import { builtAtSchema } from '@everypod/contract';
import { z } from 'zod';
import { type CdnHeader, isCdnHeader } from '../cdn/header.ts';
import type { Build } from '../pod.ts';

const schema = z.strictObject({
  builtAt: builtAtSchema,
  basePath: z.string(),
  distDir: z.string().nullable(),
  nextVersion: z.string().nullable(),
  cacheHandler: z.enum(['guarded', 'own', 'none']),
  useCache: z.boolean(),
  cdnTags: z.custom<CdnHeader>(isCdnHeader).nullable(),
});

export type BuildRecord = Build & {
  /** Where the build lies; null under `next dev`, where what lies there is of an earlier build. */
  distDir: string | null;
  /** Null where it could not be found. */
  nextVersion: string | null;
  /** Whose cache handler next.config names: this package's, one of the user's, which may be guarded too, or none. */
  cacheHandler: 'guarded' | 'own' | 'none';
  /** Whether there may be functions and components with `use cache`, which have a cache of their own. */
  useCache: boolean;
  /** The header by which a CDN is told what goes by which tag; null where nobody asked for one. */
  cdnTags: CdnHeader | null;
};

/** The variable that Next.js replaces by its value when it bundles, so that a standalone server carries it along. */
export const buildRecordName = 'EVERYPOD_BUILD';

/** Of an app that is built without `withEverypod` nothing is known, so everything counts as old. */
const unknown: BuildRecord = {
  builtAt: null,
  basePath: '',
  distDir: null,
  nextVersion: null,
  cacheHandler: 'none',
  useCache: true,
  cdnTags: null,
};

export function readBuildRecord(): BuildRecord {
  const text = process.env.EVERYPOD_BUILD;
  if (text === undefined) return unknown;
  const record = schema.parse(JSON.parse(text));
  const { builtAt, distDir } = record;
  return {
    ...record,
    // A build for which Next.js bundles no values (`--experimental-build-mode compile`) finds that of the server that
    // has started, which may serve older pages. Next.js must not see which variable is asked for here.
    builtAt: Reflect.has(process.env, buildRecordName) ? null : builtAt,
    distDir: process.env.NODE_ENV === 'development' ? null : distDir,
  };
}
