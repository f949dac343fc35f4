import { limits as messageLimits } from '@everypod/contract';
import type { ValkeyConnection } from '../journal/valkey-connection.ts';
import { keys } from '../journal/valkey-keys.ts';
import type { SeenIds } from './seen-ids.ts';

/** Ids that are claimed once among all bridges. */
export function createValkeySeenIds(connection: ValkeyConnection): SeenIds {
  return {
    async claim(id) {
      const seconds = messageLimits.replayMemorySeconds;
      return (await connection.command('SET', keys.catchUpId(id), '1', 'NX', 'EX', seconds)) === 'OK';
    },
  };
}
