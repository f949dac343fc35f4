import type { Target } from '@everypod/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import { buildApp, type Variant } from './build.ts';
import type { NextPod } from './fresh.ts';
import { startOrigin } from './origin.ts';
import { startNextPod } from './pod.ts';

const events = 5;
const page = '/untagged/rates';

/** Pages that are made from WordPress and from another API, whose answers are kept for a day. */
export function describeSecondApi(next: Variant['next']): void {
  let wordpress: Awaited<ReturnType<typeof startOrigin>>;
  let second: Awaited<ReturnType<typeof startOrigin>>;
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  const pods: NextPod[] = [];
  let seq = 1;
  let version = 1;

  beforeAll(async () => {
    const app = await buildApp({
      next,
      pages: 'visits',
      basePath: '',
      trailingSlash: false,
      config: 'next.config.ts',
    });
    wordpress = await startOrigin(() => 0);
    second = await startOrigin(() => 0);
    bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 1, targets: [] }));
    const settings = {
      EVERYPOD_BRIDGE_URL: bridge.url,
      TEST_ORIGIN: wordpress.url,
      EVERYPOD_ORIGIN_URL: wordpress.url,
      TEST_SECOND: second.url,
      HOSTNAME: 'localhost',
    };
    wordpress.publish('rates', `${version}`);
    for (const _ of ['one', 'another']) pods.push(await startNextPod(app, settings));
    for (const pod of pods) {
      await pod.probe();
      await pod.copyOf(page);
    }
  });
  afterAll(async () => {
    await Promise.all([wordpress, second, bridge, ...pods].map((one) => one?.stop()));
  });

  /** Each event on every pod, and then a reader; answers with how often the second API was asked for all of them. */
  async function publishes(target: Target, visit: boolean): Promise<number> {
    const before = second.asked('rates');
    for (let nth = 0; nth < events; nth += 1) {
      version += 1;
      wordpress.publish('rates', `${version}`);
      seq += 1;
      for (const pod of pods) {
        await pod.push({ after: seq - 1, upTo: seq, targets: [target] });
        const granted = { upTo: seq, site: wordpress.url };
        if (visit) expect(await pod.make(page, granted)).toMatchObject({ result: 'made' });
        if (visit) expect(await pod.copyOf(page)).toBe(`${version}`);
        else await pod.copyOf(page);
      }
    }
    return second.asked('rates') - before;
  }

  it('visits ask it for nothing, after events that name what WordPress has changed', async () => {
    expect(await publishes({ tag: 'wp:post:1' }, true)).toBe(0);
  });

  it('nor after events that name the page’s path, under which Next.js keeps that answer, too', async () => {
    expect(await publishes({ path: page }, true)).toBe(0);
    // Without a visit a reader makes the page, as Next.js does it.
    expect(await publishes({ path: page }, false)).toBe(events * pods.length);
  });
}
