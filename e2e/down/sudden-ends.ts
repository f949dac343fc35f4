import { setTimeout as delay } from 'node:timers/promises';
import type { Content } from './content.ts';
import { limits } from './limits.ts';
import { readAll } from './outage.ts';
import { readWaitingRows } from './outbox-rows.ts';
import type { Place } from './readers.ts';
import type { Watch } from './standings.ts';
import type { Switches } from './switches.ts';

/**
 * Ends WordPress right behind the answer to a save, while the pods make its pages anew, and starts it again.
 * @returns when it began to end
 */
export async function goThroughSuddenEnds(ground: {
  databaseFile: string;
  switches: Switches;
  content: Content;
  watch: Watch;
  places: readonly Place[];
  say: (line: string) => void;
}): Promise<number[]> {
  const { databaseFile, switches, content, watch, places, say } = ground;
  const untilAllIsNew = async () => {
    // What it could not hand over any more goes by its cron.
    const giveUpAtMs = performance.now() + limits.settledMs;
    while (readWaitingRows(databaseFile).length > 0) {
      if (performance.now() > giveUpAtMs)
        throw new Error('WordPress has handed over nothing since it is back.');
      await delay(limits.standingsEveryMs);
    }
    const hasSettled = ({
      cursor,
      settled,
    }: {
      cursor: { seq: number } | null;
      settled: { seq: number } | null;
    }) => cursor !== null && settled?.seq === cursor.seq;
    if ((await watch.until(hasSettled, limits.settledMs)) === null)
      throw new Error('The pods have not settled since WordPress is back.');
    // Pods make for visitors what their visits could not make.
    await readAll(places);
  };
  const endedAtMs: number[] = [];
  for (const afterMs of limits.suddenEndsAfterMs) {
    const [article] = (await content.all()).slice(1);
    if (article === undefined) throw new Error('WordPress has no articles.');
    await content.retitle(article, `${article.title} at once`);
    await delay(afterMs);
    endedAtMs.push(performance.now());
    await switches.wordpress(false);
    await delay(limits.suddenOutageMs);
    await switches.wordpress(true);
    say(`WordPress ended ${afterMs} ms behind the answer to a save, and is back.`);
    await untilAllIsNew();
  }
  return endedAtMs;
}
