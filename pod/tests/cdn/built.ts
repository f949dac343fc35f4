import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a build has left that names a header, as far as it is looked at. */
export function builtWith(cdnTags: unknown): { serverDistDir: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'everypod-cdn-'));
  const serverDistDir = join(folder, 'server');
  mkdirSync(serverDistDir);
  const env = { EVERYPOD_BUILD: JSON.stringify({ cdnTags }) };
  writeFileSync(join(folder, 'required-server-files.json'), JSON.stringify({ config: { env } }));
  return { serverDistDir, remove: () => rmSync(folder, { recursive: true }) };
}
