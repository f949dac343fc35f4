import { afterAll, beforeAll, expect, it } from 'vitest';
import { reportOf, secret } from '../../../bridge/tests/harness.ts';
import { type FlagServer, type Held, startFlagWorld } from '../surroundings/flags.ts';
import { everypod, installProject, type Project } from '../surroundings/installed.ts';

let project: Project;
beforeAll(() => {
  project = installProject();
}, 60_000);
afterAll(() => project.remove());

const heldBy = (servers: readonly FlagServer[]): Promise<Held[]> =>
  Promise.all(servers.map((server) => server.held()));

it('B9 four processes hold the same flags within a second of a change, and one born later at its first ready', async () => {
  const world = await startFlagWorld(project);
  world.set({ 'new-checkout': false });
  const servers: FlagServer[] = [];
  for (const last of [11, 12, 13, 14]) servers.push(await world.add(last));
  await Promise.all(servers.map((server) => server.untilReady()));
  const off = { flags: { 'new-checkout': false } };
  expect(await heldBy(servers)).toMatchObject([off, off, off, off]);

  world.set({ 'new-checkout': true });
  const unsaid = await heldBy(servers);
  expect(unsaid).toMatchObject([off, off, off, off]);

  const told = await everypod(project, ['send', '--topic', 'flags', '--change', 'flags.changed'], {
    EVERYPOD_BRIDGE_URL: world.bridge.url,
    EVERYPOD_SECRET: secret,
  });
  expect(told, told.stderr).toMatchObject({ code: 0, stderr: '' });
  const [, id = ''] = /Accepted as (\S+),/.exec(told.stdout) ?? [];
  const { acceptedAt } = await reportOf(world.bridge, id);

  const on = { flags: { 'new-checkout': true } };
  const held = await heldBy(servers);
  expect(held).toMatchObject([on, on, on, on]);
  for (const { loadedAt } of held) {
    expect(Date.parse(String(loadedAt)) - Date.parse(acceptedAt)).toBeLessThan(1_000);
  }

  const born = await world.add(15);
  expect(await born.held()).toMatchObject({ flags: {}, loadedAt: null });
  await born.untilReady();
  expect(await born.held()).toMatchObject(on);
});
