import type { Report } from '@everypod/contract';
import type { Journal } from '../journal/journal.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';

/** Final reports on their way into the journal. They are found here until it has them. */
export type KeepReports = {
  keep(report: Report): void;
  find(id: string): Report | undefined;
  /** Tries no more by itself; resolves once each was tried a last time. */
  stop(): Promise<void>;
};

type Options = { journal: Journal; log: Log; limits: Limits };

export function createKeepReports({ journal, log, limits }: Options): KeepReports {
  const unkept = new Map<string, Report>();
  /** Those of them that the journal could not take, the oldest first. */
  const failed = new Map<string, Report>();
  let failedLines = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function attempt(report: Report): Promise<string | null> {
    try {
      await journal.keepReport(report);
      forget(report);
      return null;
    } catch (error) {
      return String(error);
    }
  }

  function forget(report: Report) {
    unkept.delete(report.id);
    if (failed.delete(report.id)) failedLines -= linesOf(report);
  }

  async function first(report: Report) {
    const reason = await attempt(report);
    if (reason === null) return;
    log.warn({ id: report.id, reason }, 'a report could not be kept yet');
    failed.set(report.id, report);
    failedLines += linesOf(report);
    for (const oldest of failed.values()) {
      if (failedLines <= limits.unkeptLines || failed.size === 1) break;
      forget(oldest);
      log.warn({ id: oldest.id }, 'a final report is given up: too many could not be kept');
    }
    arm();
  }

  function arm() {
    if (!stopped) timer ??= setTimeout(again, limits.keepReportAgainMs).unref();
  }

  /** The others are tried once one was kept. */
  async function again() {
    const [oldest, ...others] = failed.values();
    const reason = oldest ? await attempt(oldest) : null;
    if (reason === null) await Promise.all(others.map(attempt));
    else log.warn({ reports: failed.size, reason }, 'reports could not be kept yet');
    timer = undefined;
    if (failed.size > 0) arm();
  }

  return {
    keep(report) {
      unkept.set(report.id, report);
      void first(report);
    },
    find: (id) => unkept.get(id),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await Promise.all([...unkept.values()].map(attempt));
    },
  };
}

function linesOf({ pods, targets }: Report): number {
  return pods.length + targets.length;
}
