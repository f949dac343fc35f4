import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../limits.ts';
import { Trouble } from '../trouble.ts';

/** A MariaDB of its own, which nobody reaches but by its socket. */
export type MariaDb = {
  /** As WordPress's `DB_HOST` names it; the user is `root`, without a password. */
  host: string;
  /** Ends it, and whatever was kept in it. */
  stop(): Promise<void>;
};

/**
 * Starts what nearly every WordPress runs on, where Debian's `mariadb-server` or the like is installed, with an empty
 * database of that name.
 *
 * @param folder that it is kept in; its path has to be short enough for a socket
 * @param settings further ones of `mariadbd`, as `--name=value`
 * @throws Trouble when it can't be started
 */
export async function startMariaDb(
  folder: string,
  database: string,
  settings: string[] = [],
): Promise<MariaDb> {
  const data = join(folder, 'data');
  const socket = join(folder, 'socket');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // It refuses to run as root where nobody says so.
  const asWhom = process.getuid?.() === 0 ? ['--user=root'] : [];
  await run('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    ...asWhom,
  ]);
  const server = spawn(
    'mariadbd',
    ['--no-defaults', `--datadir=${data}`, `--socket=${socket}`, '--skip-networking', ...settings, ...asWhom],
    { stdio: 'ignore' },
  );
  const ended = once(server, 'exit');
  const kill = () => server.kill();
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const client = ['--no-defaults', `--socket=${socket}`, '--user=root'];
  const giveUpAt = Date.now() + limits.databaseStartMs;
  for (;;) {
    try {
      await run('mariadb', [...client, `--execute=CREATE DATABASE ${database} CHARACTER SET utf8mb4`]);
      break;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > giveUpAt) {
        await stop();
        throw error;
      }
      await delay(limits.databaseLookMs);
    }
  }
  return { host: `localhost:${socket}`, stop };
}

async function run(command: string, args: string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Trouble(`${command} ended with exit code ${code}.\n${said}`);
}
