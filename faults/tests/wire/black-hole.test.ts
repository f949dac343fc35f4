import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call } from '../../src/outbound.ts';
import { createPrograms, type Programs } from '../../src/processes/programs.ts';
import { openBlackHole } from '../../src/wire/open-black-hole.ts';

const ip = '127.63.0.2';
let folder: string;
let programs: Programs;
let port = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'everypod-black-hole-'));
  programs = createPrograms(folder);
  port = 20_000 + Math.floor(Math.random() * 20_000);
});

afterEach(async () => {
  await programs.stopAll();
  programs.close();
  rmSync(folder, { recursive: true });
});

const ask = () => call({ url: `http://${ip}:${port}/`, deadlineMs: 300 });

describe.runIf(process.platform === 'linux')('A black hole', () => {
  it('answers no connection, and refuses none', async () => {
    await openBlackHole(programs, { ip, port });
    const asked = await Promise.all([ask(), ask(), ask()]);
    expect(asked.map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(asked.map(({ reason }) => reason)).toEqual(['deadline', 'deadline', 'deadline']);
  });

  it('leaves the address to others once it is closed', async () => {
    const hole = await openBlackHole(programs, { ip, port });
    await hole.close();
    const server = createServer((_, answer) => answer.end('here again'));
    await once(server.listen(port, ip), 'listening');
    try {
      expect((await ask()).text).toBe('here again');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
