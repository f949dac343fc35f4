import type { PodLine, Report } from '@everypod/contract';
import { countLines } from './build-report.ts';

/** The report of an event whose time was over while no bridge was running: final, and claiming no more than was seen. */
export function endedUnseen(report: Report): Report {
  const pods = report.pods.map((line): PodLine => {
    if (line.state !== 'asked') return line;
    // One with a reason has answered, and was to be asked again.
    if (line.reason) return { ...line, state: 'behind' };
    return { ...line, state: 'unreachable', reason: 'The bridge stopped before this pod had answered.' };
  });
  return {
    ...report,
    final: true,
    pods,
    counts: countLines(pods),
    reason: `The bridge stopped before it had heard from every pod. Pods catch up at their next probe${report.counts.told ? ', plain ones do not' : ''}.`,
  };
}
