import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openState } from '../src/state/state.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everypod-state-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it('secrets are kept from one start to the next', async () => {
  const first = await openState({ folder, fresh: false });
  first.release();
  const second = await openState({ folder, fresh: false });
  second.release();
  expect(second.secrets).toEqual(first.secrets);
  expect(first.secrets.secret).not.toBe(first.secrets.podSecret);
  expect((await stat(join(folder, 'secrets.json'))).mode & 0o077).toBe(0);
});

it('a second start on the same folder is told which process uses it', async () => {
  const first = await openState({ folder, fresh: false });
  await expect(openState({ folder, fresh: false })).rejects.toThrow(
    new RegExp(`process ${process.pid}.*--state DIR`, 's'),
  );
  first.release();
  (await openState({ folder, fresh: false })).release();
});

it('a fresh start forgets everything', async () => {
  const first = await openState({ folder, fresh: false });
  await writeFile(first.journal, 'old');
  first.release();
  const second = await openState({ folder, fresh: true });
  second.release();
  expect(second.secrets).not.toEqual(first.secrets);
  await expect(readFile(second.journal)).rejects.toThrow('ENOENT');
});

it('a fresh start while another runs forgets nothing', async () => {
  const first = await openState({ folder, fresh: false });
  await expect(openState({ folder, fresh: true })).rejects.toThrow('Another start');
  expect(await readFile(join(folder, 'secrets.json'), 'utf8')).toContain(first.secrets.secret);
  first.release();
});

it("somebody else's folder is left alone", async () => {
  await writeFile(join(folder, 'thesis.txt'), 'years of work');
  await expect(openState({ folder, fresh: true })).rejects.toThrow('holds other things');
  expect(await readFile(join(folder, 'thesis.txt'), 'utf8')).toBe('years of work');
});
