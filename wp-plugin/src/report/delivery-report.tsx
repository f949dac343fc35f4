import { Notice } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { Delivery, Report } from '../rest/shapes.ts';
import { timeOfDay } from './moments.ts';
import { PodTable } from './pod-table.tsx';
import './report.css';
import { StateMark } from './state-mark.tsx';
import { summaryOf } from './summary.ts';

/** Reasons that no pod's line can give: no pods, no DNS. */
function reasonsOf(report: Report): string[] {
  const reasons = [report.reason, ...report.discovery.map((line) => line.reason)];
  return [...new Set(reasons.filter((reason) => reason !== undefined))];
}

function nextStep(delivery: Delivery, locale: string): string | null {
  const moment = (iso: string) => timeOfDay(iso, Date.now(), locale);
  if (delivery.state === 'waiting' && delivery.nextAttemptAt) {
    /* translators: %s: a time of day. */
    return sprintf(__('WordPress tries again by itself at %s.', 'everypod'), moment(delivery.nextAttemptAt));
  }
  if (delivery.state === 'unknown' && delivery.unknownSince) {
    /* translators: %s: a time of day. */
    return sprintf(__('Unknown since %s.', 'everypod'), moment(delivery.unknownSince));
  }
  return null;
}

/** How far one delivery has got: a sentence, what stands in its way, and a line per pod. */
export function DeliveryReport({ delivery }: { delivery: Delivery }) {
  const locale = document.documentElement.lang || 'en';
  const { tone, text } = summaryOf(delivery);
  const { problem, report } = delivery;
  const step = nextStep(delivery, locale);
  return (
    <div className="everypod-report">
      <p className="everypod-report__summary">
        <StateMark tone={tone} /> {text}
      </p>
      {problem && (
        <Notice status="warning" isDismissible={false} spokenMessage="">
          <p>{problem.message}</p>
          <p>{problem.advice}</p>
        </Notice>
      )}
      {step && <p className="everypod-report__aside">{step}</p>}
      {report && reasonsOf(report).map((reason) => <p key={reason}>{reason}</p>)}
      {report && report.pods.length > 0 && <PodTable pods={report.pods} acceptedAt={report.acceptedAt} />}
    </div>
  );
}
