import { Notice } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { Delivery, Report } from '../rest/shapes.ts';
import { beyondNoGuarantee, isDirect, noGuarantee } from './direct.ts';
import { timeOfDay } from './moments.ts';
import { PodTable } from './pod-table.tsx';
import './report.css';
import { StateMark } from './state-mark.tsx';
import { summaryOf } from './summary.ts';

/** Reasons that no pod's line can give: no pods, no DNS. */
function reasonsOf(report: Report, direct: boolean): string[] {
  const reasons = [
    direct ? beyondNoGuarantee(report) : report.reason,
    ...report.discovery.map((line) => line.reason),
  ];
  return [...new Set(reasons.filter((reason) => reason !== undefined))];
}

function nextAttempt({ state, attempts, nextAttemptAt }: Delivery): string | null {
  if (state !== 'waiting' || !nextAttemptAt) return null;
  if (attempts === 0) {
    /* translators: %s: a time of day. */
    return sprintf(__('WordPress sends it by itself at %s.', 'everypod'), timeOfDay(nextAttemptAt));
  }
  /* translators: %s: a time of day. */
  return sprintf(__('WordPress tries again by itself at %s.', 'everypod'), timeOfDay(nextAttemptAt));
}

type DeliveryReportProps = {
  delivery: Delivery;
  /** Where there is room for them. */
  showAddresses?: boolean;
};

/** How far one delivery has got: a sentence, what stands in its way, and a line per pod. */
export function DeliveryReport({ delivery, showAddresses = false }: DeliveryReportProps) {
  const { tone, text } = summaryOf(delivery);
  const { problem, report } = delivery;
  const next = nextAttempt(delivery);
  const direct = isDirect(delivery);
  return (
    <div className="everypod-report">
      <p className="everypod-report__summary">
        <StateMark tone={tone} />
        <span>{text}</span>
      </p>
      {problem && (
        <Notice status="warning" isDismissible={false} spokenMessage="">
          <p>{problem.message}</p>
          <p>{problem.advice}</p>
        </Notice>
      )}
      {next && <p className="everypod-report__aside">{next}</p>}
      {direct && <p>{noGuarantee()}</p>}
      {report &&
        reasonsOf(report, direct)
          .filter((reason) => reason !== text)
          .map((reason) => <p key={reason}>{reason}</p>)}
      {report && report.pods.length > 0 && (
        <PodTable report={report} createdAt={delivery.createdAt} showAddresses={showAddresses} />
      )}
    </div>
  );
}
