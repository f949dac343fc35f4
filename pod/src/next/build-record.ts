import { builtAtSchema } from '@everypod/contract';
import { z } from 'zod';
import type { Build } from '../pod.ts';

const schema = z.strictObject({
  builtAt: builtAtSchema,
  basePath: z.string(),
  distDir: z.string().nullable(),
  nextVersion: z.string().nullable(),
});

export type BuildRecord = Build & {
  /** Where the build lies; null under `next dev`, where what lies there is of an earlier build. */
  distDir: string | null;
  /** Null where it could not be found. */
  nextVersion: string | null;
};

/** The variable that Next.js replaces by its value when it bundles, so that a standalone server carries it along. */
export const buildRecordName = 'EVERYPOD_BUILD';

/** Of an app that is built without `withEverypod` nothing is known, so everything counts as old. */
const unknown: BuildRecord = { builtAt: null, basePath: '', distDir: null, nextVersion: null };

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
