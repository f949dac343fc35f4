import { setTimeout as sleep } from 'node:timers/promises';
import type { Chronicle } from '../chronicle/chronicle.ts';
import { limits } from '../limits.ts';
import type { BridgeClient } from './client.ts';

/** Writes down again and again in which epoch the journal is, and how far. */
export function watchHead(client: BridgeClient, chronicle: Chronicle): () => void {
  let stopped = false;
  const watch = async () => {
    while (!stopped) {
      const known = await client.pods().catch(() => null);
      if (known) chronicle.note({ what: 'head', epoch: known.epoch, seq: known.head });
      await sleep(limits.headPeriodMs);
    }
  };
  void watch();
  return () => {
    stopped = true;
  };
}
