import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pod = fileURLToPath(new URL('../../', import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A user's project: the package as npm installs it, real dependencies beside it, and the programs of documents and tests. */
export type Project = { folder: string; remove(): void };

export function installProject(dependencies: readonly string[] = []): Project {
  const folder = mkdtempSync(join(tmpdir(), 'everypod-project-'));
  const modules = join(folder, 'node_modules');
  const everypod = join(modules, 'everypod');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  execFileSync(process.execPath, [join(pod, 'build.mjs'), everypod]);
  for (const part of ['package.json', 'bin'])
    cpSync(join(pod, part), join(everypod, part), { recursive: true });
  symlinkSync('../everypod/bin/everypod.mjs', join(modules, '.bin/everypod'));
  for (const name of dependencies) {
    const own = join(pod, 'node_modules', name);
    mkdirSync(join(modules, name, '..'), { recursive: true });
    symlinkSync(existsSync(own) ? own : join(root, 'node_modules', name), join(modules, name), 'junction');
  }
  cpSync(join(root, 'docs/examples'), join(folder, 'examples'), { recursive: true });
  cpSync(join(pod, 'tests/node/programs'), join(folder, 'programs'), { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export type Environment = Record<string, string>;

/** Nothing of this process's settings, which may name a bridge. */
function ownEnvironment(environment: Environment): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', PATH: process.env.PATH, ...environment };
}

export type Running = { process: ChildProcess; output: () => string; stop(): Promise<void> };

/** One program of the project as a process. */
export function start({ folder }: Project, program: string, environment: Environment): Running {
  const child = spawn(process.execPath, [join(folder, program)], {
    cwd: folder,
    env: ownEnvironment(environment),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'exit');
  return {
    process: child,
    output: () => output,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export type Ended = { code: number | null; stdout: string; stderr: string };

/** Runs a command of the project to its end. */
export async function runCommand(
  { folder }: Project,
  [command = '', ...rest]: readonly string[],
  environment: Environment,
): Promise<Ended> {
  const child = spawn(command, rest, { cwd: folder, env: ownEnvironment(environment) });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (said.stdout += chunk));
  child.stderr.on('data', (chunk) => (said.stderr += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

/** `everypod`, as it lies in the project. */
export function everypod(
  project: Project,
  given: readonly string[],
  environment: Environment,
): Promise<Ended> {
  const bin = join(project.folder, 'node_modules/.bin/everypod');
  return runCommand(project, [process.execPath, bin, ...given], environment);
}
