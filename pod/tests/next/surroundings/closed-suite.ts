import type { Push } from '@everypod/contract';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { buildApp, type Variant } from './build.ts';
import { cachedCopyOf, duringARender, type NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';
import { changeServed } from './unguard.ts';

const closed = ['/closed/a', '/closed/%C3%A4', '/lang/en/post/x'];
const open = ['/', '/closed', '/open/a', '/open/later', '/files/a', '/shut/a'];
const all = [...closed, ...open];
const neverBuilt = ['/closed/never', '/lang/de/post/x', '/lang/en/post/never', '/shut/never'];

type Line = readonly [title: string, push: Partial<Push>, aimedAt: readonly string[]];

const lines: Line[] = [
  ['everything', { everything: true }, all],
  ['the whole site', { targets: [{ path: '/', scope: 'layout' }] }, all],
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

const slow = '/slow/post';
const pushSlow = { targets: [{ path: slow }] };

/** Pages of routes with `dynamicParams = false`, which are pages like any other. */
export function describeClosed(variant: Variant): void {
  let pod: NextPod;
  beforeAll(async () => {
    pod = await startNextPod(await buildApp(variant));
  });
  afterAll(() => pod?.stop());

  it.each(lines)(
    'A11 a closed page is made anew before its visitor has it, and no other: %s',
    async (...line) => {
      const [, push, aimedAt] = line;
      const old = await copiesOf(pod);
      const answer = await pod.push(push);
      expect(answer.ok).toBe(true);
      expect(answer.cannot).toBeUndefined();
      const now = await copiesOf(pod);
      for (const page of closed) expect.soft(now[page], page).toMatch(/^\d/);
      expect(all.filter((page) => now[page] !== old[page]).toSorted()).toEqual(aimedAt.toSorted());
      for (const page of neverBuilt) expect.soft(await pod.copyOf(page), page).toBe('status 404');
    },
  );

  it('A11 however many ask for it at once, by address or by a link, they get one new page', async () => {
    const [page = ''] = closed;
    const old = await cachedCopyOf(pod, page);
    await pod.push({ targets: [{ path: page }] });
    const byLink = async () => {
      const response = await fetch(pod.urlOf(page), { headers: { rsc: '1' } });
      return /rendered:([\d.]+)/.exec(await response.text())?.[1] ?? `status ${response.status}`;
    };
    const asked = Array.from({ length: 20 }, (_, at) => (at % 2 ? byLink() : pod.copyOf(page)));
    const copies = new Set(await Promise.all(asked));
    expect([...copies]).toEqual([await pod.copyOf(page)]);
    expect(copies).not.toContain(old);
  });

  it('A11 one that is made while it is invalidated again is not kept, and made once more', async () => {
    await pod.push(pushSlow);
    await duringARender(pod, slow, () => pod.push(pushSlow));
    expect(await pod.copyOf(slow)).toBe('2');
    expect(await pod.copyOf(slow)).toBe('2');
  });

  it('A11 while its content cannot be fetched it is an error, as any page is, and then back', async () => {
    pod.publish('post', 'broken');
    await pod.push(pushSlow);
    expect(await pod.copyOf(slow)).toBe('status 500');
    expect(await pod.copyOf(slow)).toBe('status 500');
    pod.publish('post', '3');
    pod.publish('post-go');
    expect(await pod.copyOf(slow)).toBe('3');
  });
}

/** Where nothing guards them, this Next.js cannot make closed pages again once they are invalidated. */
export function describeClosedUnguarded(variant: Variant): void {
  let pod: NextPod;
  beforeAll(async () => {
    const unguarded = (folder: string) => changeServed(folder, { guarded: false });
    pod = await startNextPod(await buildApp(variant), { EVERYPOD_SETTLE_SECONDS: '1' }, unguarded);
  });
  afterAll(() => pod?.stop());

  it.each(lines)(
    'A11 a built page is never lost, whatever it is invalidated by: %s',
    async (_, push, aimedAt) => {
      const old = await copiesOf(pod);
      const answer = await pod.push(push);
      expect(answer.ok).toBe(true);
      const now = await copiesOf(pod);
      for (const page of closed) expect.soft(now[page], page).toMatch(/^\d/);
      for (const page of aimedAt)
        expect.soft(now[page] === old[page], `${page} is the old one`).toBe(closed.includes(page));
      const reasons = (answer.cannot ?? []).map(({ reason }) => reason).join();
      expect(reasons).toContain('dynamicParams = false');

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

async function copiesOf(pod: NextPod): Promise<Record<string, string>> {
  const copies = all.map(async (page) => [page, await cachedCopyOf(pod, page)] as const);
  return Object.fromEntries(await Promise.all(copies));
}
