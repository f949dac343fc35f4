import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecret } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epoch, podSecret, signedRequest, startPod } from './surroundings/pod.ts';

const push = JSON.stringify({ epoch, after: 0, upTo: 0, targets: [] });
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'everypod-'));
  file = join(folder, 'secret');
  writeFileSync(file, `${podSecret}\n`);
});
afterEach(() => rmSync(folder, { recursive: true }));

const podOfFile = () => startPod({ EVERYPOD_POD_SECRET: '', EVERYPOD_POD_SECRET_FILE: file });
const statusWith = async (pod: ReturnType<typeof startPod>, secret: string) =>
  (await pod.revalidate(signedRequest(push, { secret }))).status;

describe('a secret in a file', () => {
  it('is used, and wins over the variable', async () => {
    const other = newSecret();
    const pod = startPod({ EVERYPOD_POD_SECRET: other, EVERYPOD_POD_SECRET_FILE: file });
    expect([await statusWith(pod, podSecret), await statusWith(pod, other)]).toEqual([200, 401]);
  });

  it('is read again when it changes', async () => {
    const pod = podOfFile();
    const next = newSecret();
    expect(await statusWith(pod, next)).toBe(401);
    writeFileSync(file, `${next}\n${podSecret}\n`);
    expect([await statusWith(pod, next), await statusWith(pod, podSecret)]).toEqual([200, 200]);
    writeFileSync(file, next);
    expect(await statusWith(pod, podSecret)).toBe(401);
  });

  it.each([
    ['half-written', () => writeFileSync(file, podSecret.slice(0, 20))],
    ['empty', () => writeFileSync(file, '')],
    ['missing', () => rmSync(file)],
  ])('that is %s keeps the last good value', async (_, damage) => {
    const pod = podOfFile();
    await statusWith(pod, podSecret);
    damage();
    expect(await statusWith(pod, podSecret)).toBe(200);
  });

  it('that is cut off where the rest is a secret too keeps the last good value, and says so', async () => {
    const pod = podOfFile();
    await statusWith(pod, podSecret);
    const cut = podSecret.slice(0, 'whsec_'.length + 32);
    writeFileSync(file, cut);
    expect([await statusWith(pod, podSecret), await statusWith(pod, cut)]).toEqual([200, 401]);
    expect(pod.log.join()).toContain('half-written');
    expect(pod.log.join()).not.toContain(cut);
    writeFileSync(file, `${podSecret}\n`);
    expect(await statusWith(pod, podSecret)).toBe(200);
  });

  it('that was never readable is named in the log, without its content', async () => {
    writeFileSync(file, 'whsec_tooshort');
    const pod = podOfFile();
    expect(await statusWith(pod, podSecret)).toBe(401);
    expect(pod.log.join()).toContain('EVERYPOD_POD_SECRET_FILE');
    expect(pod.log.join()).not.toContain('tooshort');
  });
});

describe('a secret in the environment', () => {
  it('is read at each request', async () => {
    const pod = startPod();
    const next = newSecret();
    pod.settings.EVERYPOD_POD_SECRET = next;
    expect([await statusWith(pod, next), await statusWith(pod, podSecret)]).toEqual([200, 401]);
  });
});
