import type { Push } from '@everypod/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import type { NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';

const patience = { timeout: 20_000, interval: 50 };

type Line = readonly [title: string, page: string, name: string, push: Partial<Push>];

const lines: Line[] = [
  ['the front page', '/', 'front', { targets: [{ path: '/' }] }],
  ['fallback: blocking', '/blocking/p', 'p', { targets: [{ path: '/blocking/p' }] }],
  ['fallback: true', '/on/p', 'p', { targets: [{ path: '/on/p/' }] }],
  ['fallback: false', '/off/a', 'a', { targets: [{ path: '/off/a' }] }],
  ['a slug that is not ASCII', '/blocking/%CE%B1', 'α', { targets: [{ path: '/blocking/%ce%b1/' }] }],
  ['a route pattern', '/off/a', 'a', { targets: [{ path: '/off/[slug]', scope: 'page' }] }],
  ['a layout above it', '/blocking/p', 'p', { targets: [{ path: '/blocking', scope: 'layout' }] }],
  ['the whole site', '/blocking/p', 'p', { targets: [{ path: '/', scope: 'layout' }] }],
  ['everything', '/off/a', 'a', { everything: true }],
];

/** Pages without tags, which Next.js's own calls do not reach. */
export function describePagesRouter(variant: Variant): void {
  let app: BuiltApp;
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  let pod: NextPod;
  let seq = 1;

  beforeAll(async () => {
    app = await buildApp(variant);
    bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 1, targets: [] }));
    await start();
  });
  afterAll(async () => {
    await pod?.stop();
    await bridge?.stop();
  });

  async function start(): Promise<void> {
    await pod?.stop();
    pod = await startNextPod(app, { EVERYPOD_BRIDGE_URL: bridge.url, EVERYPOD_SETTLE_SECONDS: '3600' });
    seq = 1;
    await pod.probe();
  }

  const pushed = (push: Partial<Push>) => {
    seq += 1;
    return pod.push({ after: seq - 1, upTo: seq, ...push });
  };
  const drained = () =>
    vi.waitFor(() => expect(pod.output.join('')).toContain(`Settled up to ${seq}: drained`), patience);

  /** What the page shows, and when it was made. As a robot asks, which is shown no fallback while it is made. */
  const shown = async (page: string) => {
    const response = await fetch(pod.urlOf(page), { headers: { 'user-agent': 'Googlebot' } });
    const text = await response.text();
    return /rendered:([^<]*)/.exec(text)?.[1] ?? (response.status === 404 ? 'none' : text.slice(0, 200));
  };
  const cached = async (page: string) => {
    await vi.waitFor(async () => expect(await shown(page)).toBe(await shown(page)), patience);
    return shown(page);
  };

  it('a visit makes one anew by its public address, whatever WordPress knows of basePath, locale and slash', async () => {
    pod.publish('p', '1');
    await pushed({ everything: true });
    expect(await cached('/blocking/p')).toMatch(/^1\./);
    pod.publish('p', '2');
    await pushed({ targets: [{ path: '/blocking/p' }] });
    expect(await pod.make('/blocking/p', { upTo: seq })).toMatchObject({
      path: '/blocking/p',
      result: 'made',
    });
    const made = await shown('/blocking/p');
    expect(made).toMatch(/^2\./);
    expect(await shown('/blocking/p')).toBe(made);
  });

  describe('after a push the next visitor gets what was published, by', () => {
    it.each(lines)('%s', async (_, page, name, push) => {
      pod.publish(name, '1');
      await pushed({ everything: true });
      expect(await shown(page)).toMatch(/^1\./);
      expect(await cached(page)).toMatch(/^1\./);
      pod.publish(name, '2');
      const answer = await pushed(push);
      expect(answer.cannot).toBeUndefined();
      expect(await shown(page)).toMatch(/^2\./);
      await drained();
    });

    it('its address, for a page that was not found', async () => {
      pod.publish('later', 'none');
      await pushed({ everything: true });
      expect(await shown('/blocking/later')).toBe('none');
      pod.publish('later', '1');
      expect(await shown('/blocking/later')).toBe('none');
      await pushed({ targets: [{ path: '/blocking/later' }] });
      expect(await shown('/blocking/later')).toMatch(/^1\./);
      pod.publish('later', 'none');
      await pushed({ targets: [{ path: '/blocking/later' }] });
      expect(await shown('/blocking/later')).toBe('none');
    });

    if (variant.locales) {
      it.each(['/blocking/p', '/de/blocking/p'])(
        'its address without a locale, as of any of them: %s',
        async (page) => {
          pod.publish('p', '1');
          await pushed({ everything: true });
          expect(await shown(page)).toMatch(/^1\./);
          pod.publish('p', '2');
          await pushed({ targets: [{ path: page }] });
          expect(await shown(page)).toMatch(/^2\./);
        },
      );
    }
  });

  it('a page whose making is in flight during an invalidation is fresh once that is drained', async () => {
    // Nobody has let it go on yet.
    await start();
    pod.publish('held', '1');
    await pushed({ targets: [{ path: '/off/held' }] });
    const visit = shown('/off/held');
    await vi.waitFor(() => expect(pod.isPublished('held-waits')).toBe(true), patience);
    pod.publish('held', '2');
    await pushed({ targets: [{ path: '/off/held' }] });
    pod.publish('held-go');
    await visit;
    await drained();
    await vi.waitFor(async () => expect(await shown('/off/held')).toMatch(/^2\./), patience);
    expect(await shown('/off/held')).toMatch(/^2\./);
  });

  it('a page nothing was said about stays', async () => {
    const old = await cached('/off/a');
    await pushed({ targets: [{ path: '/blocking/a' }, { tag: 'a' }] });
    expect(await shown('/off/a')).toBe(old);
  });
}
