import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Protocol } from './hold.ts';

/** Who listens on a port, such as `node (process 4711)`; null when this machine does not tell us. */
export async function holderOf(port: number, protocol: Protocol = 'tcp'): Promise<string | null> {
  return process.platform === 'linux' ? holderByProc(port, protocol) : holderByLsof(port, protocol);
}

async function holderByProc(port: number, protocol: Protocol): Promise<string | null> {
  const wanted = new Set<string>();
  for (const table of [protocol, `${protocol}6`]) {
    const lines = (await read(`/proc/net/${table}`)).split('\n').slice(1);
    for (const line of lines) {
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
      const listens = protocol === 'udp' || state === '0A';
      if (listens && inode && Number.parseInt(local.split(':')[1] ?? '', 16) === port)
        wanted.add(`socket:[${inode}]`);
    }
  }
  if (wanted.size === 0) return null;
  for (const pid of await list('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    for (const descriptor of await list(`/proc/${pid}/fd`)) {
      const link = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      if (wanted.has(link)) return `${(await read(`/proc/${pid}/comm`)).trim()} (process ${pid})`;
    }
  }
  return null;
}

async function holderByLsof(port: number, protocol: Protocol): Promise<string | null> {
  const what = protocol === 'tcp' ? [`-iTCP:${port}`, '-sTCP:LISTEN'] : [`-iUDP:${port}`];
  const { stdout } = await promisify(execFile)('lsof', ['-nP', '-Fpc', ...what]).catch(() => ({
    stdout: '',
  }));
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  const name = /^c(.+)$/m.exec(stdout)?.[1];
  return pid ? `${name ?? 'a program'} (process ${pid})` : null;
}

/** Other users' processes and ones that have just ended can't be read: they are passed over. */
const read = (file: string) => readFile(file, 'utf8').catch(() => '');
const list = (folder: string) => readdir(folder).catch(() => []);
