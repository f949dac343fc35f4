import type { Journal } from '../journal/journal.ts';
import type { Limits } from '../limits.ts';
import type { OpenEvent } from './open-event.ts';

/** Keeps reports in the journal while they change, so that other bridges have them. */
export type ShareReports = {
  /** Soon: many changes become one write. */
  changed(event: OpenEvent): void;
  stop(): void;
};

type Options = { journal: Journal; limits: Limits };

export function createShareReports({ journal, limits }: Options): ShareReports {
  const waiting = new Set<OpenEvent>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function arm() {
    if (!stopped) timer ??= setTimeout(shareAll, limits.shareEveryMs);
  }

  /** What can't be kept now is kept with the next change, and the final report in any case. */
  async function share(event: OpenEvent) {
    if (!event.isFinal()) await journal.keepReport(event.report()).catch(() => undefined);
  }

  async function shareAll() {
    const events = [...waiting];
    waiting.clear();
    // A few at a time: the reports of many pods, all at once, would fill the memory.
    for (let at = 0; at < events.length; at += limits.reportsAtOnce) {
      await Promise.all(events.slice(at, at + limits.reportsAtOnce).map(share));
    }
    timer = undefined;
    if (waiting.size > 0) arm();
  }

  return {
    changed(event) {
      waiting.add(event);
      arm();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
