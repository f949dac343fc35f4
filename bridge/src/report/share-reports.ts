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

  async function shareAll() {
    const events = [...waiting].filter((event) => !event.isFinal());
    waiting.clear();
    // What can't be kept now is kept with the next change, and the final report in any case.
    await Promise.all(events.map((event) => journal.keepReport(event.report()).catch(() => undefined)));
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
