import { newMessageId } from '@everypod/contract';
import { createSqliteJournal } from '../../../bridge/src/journal/sqlite.ts';
import { limits as bridgeLimits } from '../../../bridge/src/limits.ts';
import { createLog } from '../../../bridge/src/log.ts';
import { limits } from '../limits.ts';

/** A journal with a past, in which "nothing since your cursor" has to be found; nothing in it is still under way. */
export async function writeFullJournal(path: string): Promise<void> {
  const now = () => Date.now() - limits.journalAgeMs;
  const journal = createSqliteJournal({ path, log: createLog('silent'), limits: bridgeLimits, now });
  const appending = Array.from({ length: limits.journalEvents }, (_, post) =>
    journal.append({
      id: newMessageId('evt'),
      bodyHash: '0'.repeat(64),
      change: 'post.updated',
      targets: [{ tag: `wp:post:${post}` }, { path: `/low-water-at-noon-${post}/` }],
      acceptedAt: now(),
    }),
  );
  await Promise.all(appending);
  await journal.close();
}
