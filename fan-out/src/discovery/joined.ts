import { limits } from '../limits.ts';
import type { Discovered, Discovery } from './discovery.ts';

/** Several discoveries as one, each way to call a pod once; events that come together share one look. */
export function joinDiscoveries(
  discoveries: readonly Discovery[],
  { reuseMs = limits.discoveryReuseMs, now = Date.now }: { reuseMs?: number; now?: () => number } = {},
): Discovery {
  let last: { at: number; discovered: Promise<Discovered> } | undefined;
  return {
    discover() {
      const at = now();
      if (!last || at - last.at >= reuseMs || at < last.at)
        last = { at, discovered: discoverAll(discoveries) };
      return last.discovered;
    },
  };
}

async function discoverAll(discoveries: readonly Discovery[]): Promise<Discovered> {
  const all = await Promise.all(discoveries.map((discovery) => discovery.discover()));
  const byKey = new Map(all.flatMap(({ addresses }) => addresses).map((address) => [address.key, address]));
  return {
    addresses: [...byKey.values()],
    lines: all.flatMap(({ lines }) => lines),
    unanswered: all.flatMap(({ unanswered }) => unanswered),
  };
}
