import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { freePort } from '../../../fan-out/tests/free-port.ts';

const program = ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0);

/** A real server in a folder and at a loopback port of its own; trieb.work's handler listens to what Redis forgets. */
export async function startRedis() {
  if (program === undefined) throw new Error('Neither redis-server nor valkey-server is installed.');
  const folder = mkdtempSync(join(tmpdir(), 'everypod-redis-'));
  const port = await freePort();
  const settings = ['--save', '', '--dir', folder, '--notify-keyspace-events', 'Exe'];
  const server = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', ...settings], {
    stdio: 'ignore',
  });
  const answers = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(void socket.destroy()));
      socket.on('error', reject);
    });
  await vi.waitFor(answers, { timeout: 10_000, interval: 20 });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      server.kill('SIGKILL');
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
