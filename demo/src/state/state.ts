import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Trouble } from '../trouble.ts';
import { lock, lockFiles } from './lock.ts';
import { keepSecrets, type Secrets } from './secrets.ts';

/** Where everything lies that outlives one start. All paths are absolute. */
export type State = {
  folder: string;
  secrets: Secrets;
  wordpress: string;
  journal: string;
  pods: string;
  logs: string;
  /** What this start has started, so that a later one can end what a crash left behind. */
  processes: string;
  release(): void;
};

/**
 * Opens the state folder for this process alone, and makes it where there is none.
 * @param fresh forget what is in it
 * @throws {Trouble} when another start uses it, or when it is somebody else's folder
 */
export async function openState(options: { folder: string; fresh: boolean }): Promise<State> {
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const inside = await readdir(folder);
  // --fresh deletes: it must never meet a folder that this demo did not make.
  if (inside.length > 0 && !existsSync(join(folder, 'lock.sqlite'))) {
    throw new Trouble(
      `${folder} holds other things. Give --state an empty folder, or one that does not exist.`,
    );
  }
  const release = lock(folder);
  if (options.fresh) {
    const old = inside.filter((name) => !lockFiles.includes(name));
    await Promise.all(old.map((name) => rm(join(folder, name), { recursive: true, force: true })));
  }
  const inFolder = (name: string) => join(folder, name);
  await Promise.all(
    ['wordpress', 'bridge', 'logs'].map((name) => mkdir(inFolder(name), { recursive: true })),
  );
  return {
    folder,
    secrets: await keepSecrets(inFolder('secrets.json')),
    wordpress: inFolder('wordpress'),
    journal: join(inFolder('bridge'), 'journal.sqlite'),
    pods: inFolder('pods'),
    logs: inFolder('logs'),
    processes: inFolder('processes.json'),
    release,
  };
}
