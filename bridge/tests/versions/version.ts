import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import * as contract from '@everypod/contract';
import { createProcessClock } from '../../../pod/src/clock.ts';
import { newPodState } from '../../../pod/src/state.ts';
import { createPodOf } from '../../../pod/src/wiring.ts';
import { createBridge } from '../../src/bridge.ts';
import { readConfig } from '../../src/config/config.ts';
import { limits as bridgeLimits } from '../../src/limits.ts';

/** A bridge, a pod and a sender's reading of reports, of one version. */
export type Version = {
  createBridge: typeof createBridge;
  readConfig: typeof readConfig;
  bridgeLimits: typeof bridgeLimits;
  createProcessClock: typeof createProcessClock;
  newPodState: typeof newPodState;
  createPodOf: typeof createPodOf;
  contract: Pick<typeof contract, 'sign' | 'parseSecrets' | 'reportSchema'>;
};

export const present: Version = {
  createBridge,
  readConfig,
  bridgeLimits,
  createProcessClock,
  newPodState,
  createPodOf,
  contract,
};

/** `0.1.0`, which refuses every key that it does not know, or `first-protocol`, the last before the second. */
export async function former(name: string): Promise<Version> {
  const packed = readFileSync(join(import.meta.dirname, `${name}.mjs.gz`));
  // Within the repository, where Node.js finds the packages that it needs.
  const folder = join(import.meta.dirname, '../../../.everypod/versions');
  const file = join(folder, `${name}-${createHash('sha256').update(packed).digest('hex').slice(0, 12)}.mjs`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, gunzipSync(packed));
  renameSync(`${file}.${process.pid}`, file);
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}
