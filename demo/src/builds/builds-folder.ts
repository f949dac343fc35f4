import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '../limits.ts';

const finished = 'blog-';
const unfinished = 'unfinished-';

export const finishedName = (contentHash: string) => `${finished}${contentHash}`;
export const unfinishedName = (pid: number) => `${unfinished}${pid}`;

/** Each edit of the blog leaves a build behind, and each start that was stopped while building half a one. */
export async function tidyBuilds(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  const abandoned = names.filter((name) => name.startsWith(unfinished) && !isBeingBuilt(name));
  const builds = await Promise.all(
    names
      .filter((name) => name.startsWith(finished))
      .map(async (name) => ({ name, usedAt: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = builds.toSorted((a, b) => b.usedAt - a.usedAt).slice(limits.buildsKept);
  for (const name of [...abandoned, ...old.map((one) => one.name)]) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isBeingBuilt(name: string): boolean {
  const pid = Number(name.slice(unfinished.length));
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
