import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../limits.ts';
import { type Addresses, readAddresses } from './addresses.ts';
import { root } from './places.ts';

export interface System {
  addresses: Addresses;
  /** Which PHP runs WordPress, as the launcher said. */
  php: 'native' | 'playground';
  /** As Ctrl-C does: every process that it started ends too. */
  stop(): Promise<void>;
}

export interface SystemPlaces {
  readyFile: string;
  stateFolder: string;
  /** As many as the demo starts where nothing is said. */
  pods?: number;
  /** What each of its processes gets beside this one's environment. */
  environment?: Record<string, string>;
}

/** Starts what `npm start` starts, with state and ports of its own, and waits until everything answers. */
export async function startSystem({
  readyFile,
  stateFolder,
  pods,
  environment,
}: SystemPlaces): Promise<System> {
  rmSync(readyFile, { force: true });
  const launcher = spawn(
    process.execPath,
    [
      ...['setup/with-node-24.mjs', 'demo/src/main.ts'],
      ...['--ready-file', readyFile],
      ...['--state', stateFolder],
      ...['--port-base', String(await freePortBase())],
      ...(pods === undefined ? [] : ['--pods', String(pods)]),
      '--fresh',
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } },
  );
  let said = '';
  launcher.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  launcher.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });

  const stop = () => stopLauncher(launcher);
  const giveUpAt = Date.now() + limits.systemStartMs;
  while (!existsSync(readyFile)) {
    if (launcher.exitCode !== null) throw new Error(`npm start ended before it was ready:\n${said}`);
    if (Date.now() > giveUpAt) {
      await stop();
      throw new Error(`npm start was not ready within ${limits.systemStartMs / 60_000} minutes:\n${said}`);
    }
    await delay(200);
  }
  return {
    addresses: readAddresses(readyFile),
    php: /WordPress \S+ on native PHP/.test(said) ? 'native' : 'playground',
    stop,
  };
}

async function stopLauncher(launcher: ChildProcess): Promise<void> {
  if (launcher.exitCode !== null || launcher.signalCode !== null) return;
  const ended = once(launcher, 'exit');
  launcher.kill('SIGINT');
  const inTime = await Promise.race([
    ended.then(() => true),
    delay(limits.systemStopMs, false, { ref: false }),
  ]);
  if (inTime) return;
  launcher.kill('SIGKILL');
  throw new Error(`npm start did not end within ${limits.systemStopMs / 1000} s of Ctrl-C.`);
}

/** A base with free ports behind it, so that the suite runs beside another `npm start`. */
async function freePortBase(): Promise<number> {
  for (let base = 18_880; base < 19_880; base += 20) {
    const ports = [0, 1, 2, 3, 4].map((offset) => base + offset);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return base;
  }
  throw new Error('No five free ports in a row from 18880 to 19880.');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  const [event] = await Promise.race([
    once(server, 'listening').then(() => ['free']),
    once(server, 'error').then(() => ['busy']),
  ]).catch(() => ['busy']);
  if (event !== 'free') return false;
  server.close();
  await once(server, 'close');
  return true;
}
