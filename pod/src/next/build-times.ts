import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** Where Next.js takes a file's time for that of the page or of the fetch in it. */
const folders = ['server/app', 'server/pages', 'cache/fetch-cache'];

export type BuildTimes = {
  /** The latest time of what the build was born with that had not come when this was asked; null if none. */
  futureMs: number | null;
  /** Whether such files have an earlier time now; a page that was read before keeps its own in memory. */
  setBack: boolean;
};

/** Gives the files of a build whose time is still to come an earlier one, so that Next.js takes them for old. */
export function setBackFuture(build: string, { nowMs, toMs }: { nowMs: number; toMs: number }): BuildTimes {
  let futureMs: number | null = null;
  let setBack = true;
  for (const file of folders.flatMap((folder) => filesIn(join(build, folder)))) {
    const times = statSync(file, { throwIfNoEntry: false });
    if (!times?.isFile() || times.mtimeMs <= nowMs) continue;
    futureMs = Math.max(futureMs ?? 0, times.mtimeMs);
    try {
      utimesSync(file, times.atime, new Date(toMs));
    } catch {
      setBack = false;
    }
  }
  return { futureMs, setBack };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  } catch {
    return []; // An app has some of these folders only.
  }
}
