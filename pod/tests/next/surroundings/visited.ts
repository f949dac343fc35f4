import type { Target, VisitLine } from '@everypod/contract';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import type { BuiltApp } from './build.ts';
import { startOrigin } from './origin.ts';
import { type Granted, startNextPod } from './pod.ts';

const readers = 4;

type Origin = Awaited<ReturnType<typeof startOrigin>>;

/** A pod, the two APIs that its pages are made from, and a bridge's part: its pushes, and its grants of visits. */
export async function startVisited(
  app: BuiltApp,
  environment: Record<string, string> = {},
  more: (around: { origin: Origin; second: Origin }) => Record<string, string> = () => ({}),
) {
  const origin = await startOrigin(() => Math.random() * 40);
  const second = await startOrigin(() => 0);
  const bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 1, targets: [] }));
  const pod = await startNextPod(app, {
    EVERYPOD_BRIDGE_URL: bridge.url,
    TEST_ORIGIN: origin.url,
    TEST_SECOND: second.url,
    ...environment,
    ...more({ origin, second }),
  });
  await pod.probe();
  let seq = 1;
  const versions = new Map<string, number>();

  /** WordPress has a new version of it from now on. */
  function publish(name: string): number {
    const version = (versions.get(name) ?? 0) + 1;
    versions.set(name, version);
    origin.publish(name, String(version));
    return version;
  }
  async function versionAt(path: string): Promise<number> {
    const response = await fetch(pod.urlOf(path), { redirect: 'manual' });
    return Number(/rendered:(\d+)/.exec(await response.text())?.[1] ?? -1);
  }
  function push(...targets: Target[]) {
    seq += 1;
    return pod.push({ after: seq - 1, upTo: seq, targets });
  }
  const make = (path: string, more: Granted = {}) => pod.make(path, { upTo: seq, site: origin.url, ...more });
  async function pushAndMake(path: string, more: Granted = {}): Promise<VisitLine> {
    await push({ path });
    return make(path, more);
  }

  return {
    pod,
    origin,
    second,
    publish,
    versionAt,
    push,
    make,
    pushAndMake,
    /** What visits of these pages, one by one, say while readers have them made too, and what of it was not true. */
    async claims(paths: readonly string[], wanted: number) {
      let over = false;
      const visitors = Array.from({ length: readers }, async (_, nth) => {
        while (!over) await versionAt(paths[nth % paths.length] ?? '');
      });
      const results: Record<string, number> = {};
      const untrue: string[] = [];
      for (let claim = 0; claim < wanted; claim += 1) {
        const path = paths[claim % paths.length] ?? '';
        const version = publish(path.split('/').at(-1) ?? '');
        const { result } = await pushAndMake(path);
        results[result] = (results[result] ?? 0) + 1;
        const got = await versionAt(path);
        if (result === 'made' && got < version) untrue.push(`${path} said ${got}, not ${version}`);
      }
      over = true;
      await Promise.all(visitors);
      return { results, untrue };
    },
    async stop() {
      await pod.stop();
      await Promise.all([origin, second, bridge].map((one) => one.stop()));
    },
  };
}

export type Visited = Awaited<ReturnType<typeof startVisited>>;
