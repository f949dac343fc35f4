import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../fan-out/tests/free-port.ts';
import { openLedger } from '../src/processes/ledger.ts';
import { createProcesses, type Processes } from '../src/processes/processes.ts';
import { startServer } from '../src/wordpress/server.ts';

/** A process that answers once it is let, as PHP's does once it listens. */
const late = `
  const { existsSync } = require('node:fs');
  const [, port, leave] = process.argv;
  const look = setInterval(() => {
    if (!existsSync(leave)) return;
    clearInterval(look);
    require('node:http').createServer((_, answer) => answer.end('here')).listen(Number(port), '127.0.0.1');
  }, 20);`;

let folder: string;
let leave: string;
let processes: Processes;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'everypod-server-'));
  leave = join(folder, 'leave');
  processes = createProcesses({ logs: folder, ledger: openLedger(join(folder, 'processes.json')) });
});
afterEach(async () => {
  await processes.stopAll();
  rmSync(folder, { recursive: true, force: true });
});

describe('the server of WordPress', () => {
  it('is said to run once it answers, and not while it is being started', async () => {
    const port = await freePort();
    const args = ['-e', late, String(port), leave];
    writeFileSync(leave, '');
    const server = await startServer({
      url: `http://127.0.0.1:${port}`,
      serve: async () => processes.start({ name: 'wordpress', command: process.execPath, args }),
      changed: () => {},
    });
    expect(server.running()).toBe(true);
    await server.stop();
    expect(server.running()).toBe(false);
    rmSync(leave);
    const started = server.start();
    await new Promise((done) => setImmediate(done));
    expect(server.running()).toBe(false);
    writeFileSync(leave, '');
    await started;
    expect(server.running()).toBe(true);
  });
});
