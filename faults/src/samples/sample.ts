import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export type Sample = { memoryBytes: number; descriptors: number; sockets: number };

/** What a process uses now, from /proc; null when it is gone, or there is no /proc. */
export function sampleProcess(pid: number): Sample | null {
  try {
    const pages = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    const links = readdirSync(`/proc/${pid}/fd`).map((name) => linkOf(`/proc/${pid}/fd/${name}`));
    return {
      memoryBytes: Number(pages?.[1] ?? 0) * 1_024,
      descriptors: links.length,
      sockets: links.filter((link) => link.startsWith('socket:')).length,
    };
  } catch {
    return null;
  }
}

/** The file or folder, with all that stands beside it under its name, such as a write-ahead log. */
export function diskBytes(path: string): number {
  try {
    const home = dirname(path);
    return readdirSync(home, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.startsWith(basename(path)) && !/broken|rolled-back/.test(name))
      .reduce((sum, name) => sum + statSync(join(home, name)).size, 0);
  } catch {
    return 0;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
