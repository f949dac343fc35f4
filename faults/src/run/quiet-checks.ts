import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../chronicle/clock.ts';
import { repeatAnEvent } from '../injections/forgery.ts';
import { NotPossible } from '../injections/injection.ts';
import { limits } from '../limits.ts';
import { articleTag } from '../origin/site.ts';
import type { System } from '../system/system.ts';

/** What has to hold, and what a burst may not come to by chance: done while nothing else is. */
export async function checkInTheQuiet(system: System): Promise<void> {
  await anEventComesAgain(system);
  await nobodyDelivers(system);
}

async function anEventComesAgain(system: System) {
  const giveUpAt = monotonicMs() + limits.deliveredWithinMs;
  for (;;) {
    try {
      await repeatAnEvent(system, system.random);
      return;
    } catch (error) {
      if (error instanceof NotPossible && monotonicMs() < giveUpAt) continue;
      system.chronicle.note({ what: 'checked', name: 'repeated event', ok: false, detail: String(error) });
      return;
    }
  }
}

/** As where cron is dead: the sender hands over nothing, so the bridge has to come for it. */
async function nobodyDelivers({ sender, chronicle, nextAccepted, random }: System) {
  const article = random.whole(1, limits.articles - 1);
  const accepted = nextAccepted();
  sender.order({ do: 'deliveries', paused: true });
  sender.order({ do: 'save', paths: [`/a/${article}`], tags: [articleTag(article)] });
  const late = sleep(limits.fetchedWithinMs, 'late' as const, { ref: false });
  const ok = (await Promise.race([accepted, late])) !== 'late';
  sender.order({ do: 'deliveries', paused: false });
  const detail = `What waited in the outbox was ${ok ? '' : 'not '}fetched within ${limits.fetchedWithinMs} ms.`;
  chronicle.note({ what: 'checked', name: 'fetched', ok, detail });
}
