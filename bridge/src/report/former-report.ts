import { type Held, type PodLine, plainTargets, type Report } from '@everypod/contract';

/** A report for a sender that does not speak the second protocol: what it has no field for stands in the reason. */
export function formerReport(report: Report): Report {
  const { told, ...counts } = report.counts;
  // 0.1.0 refuses what it does not know. Where pods were told there is no saying it in its words.
  return {
    ...report,
    targets: plainTargets(report.targets),
    pods: report.pods.map(formerLine),
    counts: told ? report.counts : counts,
  };
}

function formerLine({ how: _, held, visits: __, keeps: ___, ...line }: PodLine): PodLine {
  if (held === undefined) return line;
  const reason = [line.reason, `Settled for ${allBut(held)}.`].filter((part) => part !== undefined).join(' ');
  return { ...line, reason };
}

/** "all but /x, whose render has hung for 10 s" */
export function allBut({ renders, more = 0 }: Held): string {
  const named = renders.map(
    ({ path, forMs }) => `${path}, whose render has hung for ${Math.round(forMs / 1_000)} s`,
  );
  if (more > 0) named.push(`${more} more`);
  return `all but ${named.join('; ')}`;
}
