import type { Push } from '@everypod/contract';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import { cachedCopyOf, type NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';

const closed = ['/closed/a', '/closed/%C3%A4', '/lang/en/post/x'];
const open = ['/', '/closed', '/open/a', '/open/later', '/files/a', '/shut/a'];

type Line = readonly [title: string, push: Partial<Push>, aimedAt: readonly string[]];

const lines: Line[] = [
  ['everything', { everything: true }, [...closed, ...open]],
  ['the whole site', { targets: [{ path: '/', scope: 'layout' }] }, [...closed, ...open]],
  ['a path', { targets: [{ path: '/closed/a' }] }, ['/closed/a']],
  ['a path as WordPress writes it', { targets: [{ path: '/closed/%c3%a4/' }] }, ['/closed/%C3%A4']],
  ['a route pattern', { targets: [{ path: '/closed/[slug]', scope: 'page' }] }, closed.slice(0, 2)],
  [
    'a layout above closed and open pages',
    { targets: [{ path: '/closed', scope: 'layout' }] },
    [...closed.slice(0, 2), '/closed'],
  ],
  [
    'a tag of closed and open pages',
    { targets: [{ tag: 'shared' }] },
    [...closed.slice(0, 2), '/open/a', '/open/later'],
  ],
];

/** Pages of routes with `dynamicParams = false`. `lost`: this Next.js cannot make them again once they are invalidated. */
export function describeClosed(variant: Variant, { lost }: { lost: boolean }): void {
  let app: BuiltApp;
  let pod: NextPod;
  beforeAll(async () => {
    app = await buildApp(variant);
  });
  beforeEach(async () => {
    pod = await startNextPod(app, { EVERYPOD_SETTLE_SECONDS: '1' });
  });
  afterEach(() => pod.stop());

  const copies = async () => {
    const all = [...closed, ...open];
    return Object.fromEntries(
      await Promise.all(all.map(async (page) => [page, await cachedCopyOf(pod, page)] as const)),
    );
  };

  it.each(lines)(
    'A11 a built page is never lost, whatever it is invalidated by: %s',
    async (_, push, aimedAt) => {
      const old = await copies();
      const answer = await pod.push(push);
      expect(answer.ok).toBe(true);
      const now = await copies();
      for (const page of closed) expect.soft(now[page], page).toMatch(/^\d/);
      for (const page of aimedAt) {
        const stays = lost && closed.includes(page);
        expect.soft(now[page] === old[page], `${page} is the old one`).toBe(stays);
      }
      const reasons = (answer.cannot ?? []).map(({ reason }) => reason).join();
      if (lost) expect(reasons).toContain('dynamicParams = false');
      else expect(reasons).not.toContain('dynamicParams');

      const { cursor } = answer;
      await vi.waitFor(async () => expect((await pod.probe()).settling).toMatchObject({ waiting: 0 }), {
        timeout: 20_000,
        interval: 200,
      });
      expect((await pod.push({})).cursor).toEqual(cursor);
      for (const page of closed) expect.soft(await pod.copyOf(page), `${page}, settled`).toMatch(/^\d/);
    },
  );

  it('A11 a tag that a built page has gained since is not its end', async () => {
    pod.publish('gained');
    const old = await pod.copyOf('/timed/a');
    await vi.waitFor(async () => expect(await pod.copyOf('/timed/a')).not.toBe(old), {
      timeout: 20_000,
      interval: 200,
    });
    await pod.push({ targets: [{ tag: 'gained' }] });
    for (let visit = 0; visit < 3; visit += 1) expect(await pod.copyOf('/timed/a')).toMatch(/^\d/);
  });
}
