import { __, sprintf } from '@wordpress/i18n';
import type { Delivery, PodLine, Report } from '../rest/shapes.ts';
import { byName } from './by-name.ts';
import { heldWords } from './held.ts';
import { isOld, oldWords } from './keeps.ts';
import { msBetween } from './moments.ts';
import { podProgress } from './pod-progress.ts';
import { podTones, StateMark } from './state-mark.tsx';
import { TimeLine } from './time-line.tsx';
import { durationWords, podLineWord } from './words.ts';

/** What stands beneath a pod's line: its reason, how it got there without the push, and what it did not wait for. */
function remarkOf(pod: PodLine, acceptedAt: string): string | null {
  // The bridge says the same as its reason, in English.
  const reason = isOld(pod) ? oldWords() : pod.reason;
  const remarks = [reason ?? howItCaughtUp(pod, acceptedAt), heldWords([pod])];
  return remarks.filter((remark) => remark !== null).join(' ') || null;
}

function howItCaughtUp({ caughtUpAt }: PodLine, acceptedAt: string): string | null {
  if (!caughtUpAt) return null;
  /* translators: %s: a duration, such as "4.0 s". */
  return sprintf(__('Caught up %s later.', 'everypod'), durationWords(msBetween(acceptedAt, caughtUpAt)));
}

type PodTableProps = { report: Report; createdAt: Delivery['createdAt']; showAddresses: boolean };

/** A line per pod. Each is a row group, so that the remark belongs to its pod for a screen reader too. */
export function PodTable({ report, createdAt, showAddresses }: PodTableProps) {
  return (
    <table className="everypod-pod-table">
      <caption>{__('What each pod answered', 'everypod')}</caption>
      <thead>
        <tr>
          <th scope="col">{__('Pod', 'everypod')}</th>
          <th scope="col">{__('State', 'everypod')}</th>
          <th scope="col">{__('Time', 'everypod')}</th>
        </tr>
      </thead>
      {[...report.pods].sort(byName).map((pod) => {
        const remark = remarkOf(pod, report.acceptedAt);
        const progress = podProgress(pod, report);
        return (
          <tbody key={`${pod.name} ${pod.ip ?? ''}`}>
            <tr>
              <th scope="rowgroup">
                {pod.name}
                {showAddresses && pod.ip && <span className="everypod-pod-table__ip">{pod.ip}</span>}
              </th>
              <td>
                <StateMark tone={isOld(pod) ? 'partly' : podTones[pod.state]} /> {podLineWord(pod)}
              </td>
              <td>{pod.state === 'asked' && pod.ms === 0 ? '' : durationWords(pod.ms)}</td>
            </tr>
            {remark && (
              <tr>
                <td className="everypod-pod-table__remark" colSpan={3}>
                  {remark}
                </td>
              </tr>
            )}
            {progress && (
              <tr>
                <td className="everypod-pod-table__remark" colSpan={3}>
                  {progress}
                  <TimeLine pod={pod} report={report} createdAt={createdAt} />
                </td>
              </tr>
            )}
          </tbody>
        );
      })}
    </table>
  );
}
