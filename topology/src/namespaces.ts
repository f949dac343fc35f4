import { execFile, spawn } from 'node:child_process';
import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { statOf } from '../../demo/src/processes/group.ts';
import { limits } from './limits.ts';

const prefix = 'everypod-topology-';
const sweep = fileURLToPath(new URL('sweep.ts', import.meta.url));
/** Where `ip netns exec` finds what a namespace has in place of the machine's own files. */
const settings = '/etc/netns';

export type Namespaces = {
  /** A namespace of its own, such as a machine or a pod. */
  add(name: string, options?: { resolver?: readonly string[] }): Promise<Namespace>;
  /** Plugs a namespace into a network, under an address there. */
  plug(namespace: Namespace, network: string, address: string): Promise<void>;
  /** Ends whatever runs in them, and takes them away. */
  remove(): Promise<void>;
};

export type Namespace = {
  name: string;
  /** The command that runs another one inside, with this environment and nothing else of ours. */
  command(argv: readonly string[], environment?: Record<string, string>): readonly [string, string[]];
  /** Runs a command inside to its end. @throws with what it wrote, when it fails */
  run(argv: readonly string[], environment?: Record<string, string>): Promise<string>;
};

/** Networks of their own, each a switch with no way to any other and none to this machine. */
export async function makeNamespaces(networks: readonly string[]): Promise<Namespaces> {
  await removeLeftovers();
  const own = `${prefix}${process.pid}-`;
  const switches = `${own}switches`;
  startSweeper();
  let plugs = 0;
  await ip('netns', 'add', switches);
  for (const network of networks) {
    await ip('-n', switches, 'link', 'add', network, 'type', 'bridge');
    await ip('-n', switches, 'link', 'set', network, 'up');
  }
  return {
    add: async (name, { resolver = [] } = {}) => {
      const full = `${own}${name}`;
      await mkdir(join(settings, full), { recursive: true });
      await writeFile(join(settings, full, 'resolv.conf'), `${resolver.join('\n')}\n`);
      await ip('netns', 'add', full);
      await ip('-n', full, 'link', 'set', 'lo', 'up');
      return namespaceOf(full);
    },
    plug: async ({ name }, network, address) => {
      plugs += 1;
      const plug = `plug${plugs}`;
      await ip('-n', switches, 'link', 'add', plug, 'type', 'veth', 'peer', 'name', network, 'netns', name);
      await ip('-n', switches, 'link', 'set', plug, 'master', network, 'up');
      await ip('-n', name, 'addr', 'add', address, 'dev', network);
      await ip('-n', name, 'link', 'set', network, 'up');
    },
    remove: () => removeNamespacesOf(process.pid),
  };
}

/** It outlives this process, notices however that ends, and takes away what that has not. */
function startSweeper(): void {
  const sweeper = spawn(process.execPath, [sweep, String(process.pid)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  sweeper.unref();
  sweeper.channel?.unref();
}

export const removeNamespacesOf = (owner: number) => removeThose((pid) => pid === owner);

function namespaceOf(name: string): Namespace {
  const command: Namespace['command'] = (argv, environment = {}) => {
    const given = Object.entries({ PATH: process.env.PATH ?? '', ...environment });
    const variables = given.map(([key, value]) => `${key}=${value}`);
    return ['ip', ['netns', 'exec', name, 'env', '-i', ...variables, ...argv]];
  };
  return { name, command, run: (argv, environment) => run(...command(argv, environment)) };
}

/** What a run left behind whose process is gone; that of a run beside this one is not. */
const removeLeftovers = () => removeThose((pid) => !lives(pid));

async function removeThose(wanted: (pid: number) => boolean): Promise<void> {
  const listed = await namesThere();
  const names = new Set([...listed, ...(await readdir(settings).catch(() => []))]);
  for (const name of names) {
    if (!name.startsWith(prefix) || !wanted(Number.parseInt(name.slice(prefix.length), 10))) continue;
    if (listed.includes(name)) {
      const pids = await ip('netns', 'pids', name).catch(() => '');
      for (const pid of pids.split('\n').filter(Boolean)) end(Number(pid));
      await ip('netns', 'delete', name).catch(async (error) => {
        // A sweeper may have been faster.
        if ((await namesThere()).includes(name)) throw error;
      });
    }
    await rm(join(settings, name), { recursive: true, force: true });
  }
  // Only where it is empty: it may have been there before.
  await rmdir(settings).catch(() => {});
}

async function namesThere(): Promise<string[]> {
  return (await ip('netns', 'list')).split('\n').map((line) => line.split(' ')[0] ?? '');
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/** One that is dead and not yet reaped still takes signals. */
const lives = (pid: number) => ![undefined, 'Z'].includes(statOf(pid)[0]);

const ip = (...argv: string[]) => run('ip', argv);

async function run(command: string, argv: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, argv, { timeout: limits.commandMs });
  return stdout;
}
