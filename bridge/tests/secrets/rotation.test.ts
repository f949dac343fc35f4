import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSecret, parseSecrets, verify } from '@everypod/contract';
import { expect, it } from 'vitest';
import { limits } from '../../src/limits.ts';
import { event, postCatchUp, postEvent, send, startBridge, startWorld, temporaryFolder } from '../harness.ts';

/** A bridge whose secrets are in files, and whose clock the test moves past the next check. */
async function rotating() {
  const folder = temporaryFolder();
  const files = { sender: join(folder, 'secret'), pod: join(folder, 'pod-secret') };
  const old = { sender: newSecret(), pod: newSecret() };
  const write = (path: string, text: string) => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  write(files.sender, old.sender);
  write(files.pod, old.pod);
  const world = await startWorld({
    EVERYPOD_SECRET: '',
    EVERYPOD_SECRET_FILE: files.sender,
    EVERYPOD_POD_SECRET: '',
    EVERYPOD_POD_SECRET_FILE: files.pod,
  });
  let nowMs = Date.now();
  const bridge = await startBridge(world, { now: () => nowMs });
  const change = (path: string, text: string) => {
    write(path, text);
    nowMs += limits.secretCheckMs;
  };
  const answers = async (by: string) => (await postEvent(bridge, event(), { secret: by })).status;
  return { files, old, world, bridge, change, answers };
}

it('a changed file is read again, without a restart', async () => {
  const { files, old, change, answers } = await rotating();
  const fresh = newSecret();
  change(files.sender, `${fresh}\n${old.sender}`);
  expect(await answers(old.sender)).toBe(202);
  expect(await answers(fresh)).toBe(202);
  change(files.sender, fresh);
  expect(await answers(old.sender)).toBe(401);
  expect(await answers(fresh)).toBe(202);
});

it.each([
  ['is empty', ''],
  ['holds something else', 'hello'],
  ['ends in the middle', 'whsec_AAAA'],
])('a file that %s leaves the last good secret in use', async (_, text) => {
  const { files, old, change, answers } = await rotating();
  change(files.sender, text);
  expect(await answers(old.sender)).toBe(202);
  const fresh = newSecret();
  change(files.sender, fresh);
  expect(await answers(fresh)).toBe(202);
});

it('a file that is cut off where the rest is a secret too leaves the last good one in use', async () => {
  const { files, old, change, answers } = await rotating();
  const cut = old.sender.slice(0, 'whsec_'.length + 32);
  change(files.sender, cut);
  expect([await answers(old.sender), await answers(cut)]).toEqual([202, 401]);
  change(files.sender, `${old.sender}\n`);
  expect(await answers(old.sender)).toBe(202);
});

it('pushes are signed with every secret, so pods may follow one by one', async () => {
  const { files, old, world, bridge, change } = await rotating();
  const fresh = newSecret();
  change(files.pod, `${fresh}\n${old.pod}`);
  await world.addPod(11, { secret: old.pod });
  await world.addPod(12, { secret: fresh });
  const report = await send(bridge, event(), { wait: 5, secret: old.sender });
  expect(report.counts).toMatchObject({ pods: 2, applied: 2 });
});

it('pods may ask with either secret, and each can verify the answer with its own', async () => {
  const { files, old, bridge, change } = await rotating();
  const fresh = newSecret();
  change(files.pod, `${fresh}\n${old.pod}`);
  const pod = { ip: '127.0.0.11', name: 'nextjs-a', instance: 'instance-a1' };
  for (const by of [old.pod, fresh]) {
    const id = `catchup_${by === fresh ? 'fresh' : 'old'}`;
    const answer = await postCatchUp(
      bridge,
      { pod, cursor: null, settled: null, builtAt: null },
      { id, secret: by },
    );
    const body = Buffer.from(await answer.arrayBuffer());
    expect(verify(parseSecrets(by), answer.headers, body, Date.now(), id).trusted).toBe(true);
  }
});

it('a file that disappears for a moment leaves the last good secret in use', async () => {
  const { files, old, change, answers } = await rotating();
  change(files.sender, old.sender);
  rmSync(files.sender);
  expect(await answers(old.sender)).toBe(202);
  change(files.sender, 'half');
  expect(await answers(old.sender)).toBe(202);
});

it('a mounted Secret, swapped by its symbolic link, is read again', async () => {
  const folder = temporaryFolder();
  const [old, fresh] = [newSecret(), newSecret()];
  for (const [name, text] of [
    ['..one', old],
    ['..two', fresh],
  ] as const) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'secret'), text);
  }
  symlinkSync('..one', join(folder, '..data'));
  symlinkSync(join('..data', 'secret'), join(folder, 'secret'));
  const world = await startWorld({ EVERYPOD_SECRET: '', EVERYPOD_SECRET_FILE: join(folder, 'secret') });
  let nowMs = Date.now();
  const bridge = await startBridge(world, { now: () => nowMs });
  symlinkSync('..two', join(folder, '..data_tmp'));
  renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
  nowMs += limits.secretCheckMs;
  expect((await postEvent(bridge, event(), { secret: fresh })).status).toBe(202);
  expect((await postEvent(bridge, event(), { secret: old })).status).toBe(401);
});
