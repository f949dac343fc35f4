import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A place for a tool's JSON report; reading it removes it. */
export function createReportFile() {
  const folder = mkdtempSync(join(tmpdir(), 'everypod-checks-'));
  const path = join(folder, 'report.json');
  return {
    path,
    /** Empty when the tool never wrote one. */
    read(): string {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return '';
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Undefined for what is no JSON, such as the report of a tool that died while writing. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
