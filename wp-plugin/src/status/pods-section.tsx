import { Spinner } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { limits } from '../limits.ts';
import { byName } from '../report/by-name.ts';
import { DeliveryReport } from '../report/delivery-report.tsx';
import { noGuarantee } from '../report/direct.ts';
import { ago, timeOfDay } from '../report/moments.ts';
import { StateMark } from '../report/state-mark.tsx';
import type { Tone } from '../report/tone.ts';
import type { Answer } from '../rest/api.ts';
import type { Delivery, PodsAnswer } from '../rest/shapes.ts';

type Pods = NonNullable<PodsAnswer['pods']>;
type Pod = Pods['pods'][number];

export function PodsSection({ answer }: { answer: Answer<PodsAnswer> | null }) {
  return (
    <section aria-labelledby="everypod-pods">
      <h2 id="everypod-pods">{__('Pods', 'everypod')}</h2>
      {answer?.ok && answer.value.destination === 'load-balancer' ? (
        <PodsOfLastDelivery delivery={answer.value.lastDelivery} />
      ) : (
        <PodsFound answer={answer} />
      )}
    </section>
  );
}

/** Nobody can be asked which pods there are. */
function PodsOfLastDelivery({ delivery }: { delivery: Delivery | null }) {
  if (!delivery) {
    return (
      <>
        <p>
          {__(
            'Without a bridge, pods are known only from the answer to a delivery. Test the connection, and those that answer are listed here.',
            'everypod',
          )}
        </p>
        <p>{noGuarantee()}</p>
      </>
    );
  }
  return (
    <>
      <p>
        {sprintf(
          /* translators: %s: a time of day. */
          __(
            'Without a bridge, pods are known only from the answer to the last delivery, made at %s.',
            'everypod',
          ),
          timeOfDay(delivery.createdAt),
        )}
      </p>
      <DeliveryReport delivery={delivery} showAddresses />
    </>
  );
}

function PodsFound({ answer }: { answer: Answer<PodsAnswer> | null }) {
  if (!answer) return <Spinner />;
  const pods = answer.ok ? answer.value.pods : null;
  if (!pods) {
    return <p>{__('The pods are listed here once the bridge can be asked for them.', 'everypod')}</p>;
  }
  if (pods.pods.length === 0) return <NoPods pods={pods} />;
  return <PodsTable pods={pods} />;
}

function NoPods({ pods }: { pods: Pods }) {
  const reasons = pods.discovery.map((line) => line.reason).filter((reason) => reason !== undefined);
  return (
    <>
      <p>
        {__(
          'The bridge has seen no pod yet. Check EVERYPOD_PODS on the bridge, and that the pods are ready.',
          'everypod',
        )}
      </p>
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
    </>
  );
}

function PodsTable({ pods }: { pods: Pods }) {
  return (
    <table className="wp-list-table widefat striped everypod-table">
      <caption className="screen-reader-text">{__('Pods', 'everypod')}</caption>
      <thead>
        <tr>
          <th scope="col">{__('Pod', 'everypod')}</th>
          <th scope="col">{__('Address', 'everypod')}</th>
          <th scope="col">{__('Instance', 'everypod')}</th>
          <th scope="col">{__('Cursor', 'everypod')}</th>
          <th scope="col">{__('Settled', 'everypod')}</th>
          <th scope="col">{__('Behind by', 'everypod')}</th>
          <th scope="col">{__('Last seen', 'everypod')}</th>
          <th scope="col">{__('Built', 'everypod')}</th>
        </tr>
      </thead>
      <tbody>
        {[...pods.pods].sort(byName).map((pod) => (
          <PodRow key={`${pod.ip} ${pod.instance}`} pod={pod} pods={pods} />
        ))}
      </tbody>
    </table>
  );
}

/** How far one of a pod's two cursors has got in this life of the journal. */
function cursorWords(cursor: Pod['cursor'], { epoch, head }: Pods): string {
  if (!cursor) return __('none yet', 'everypod');
  if (cursor.epoch !== epoch) return __('from another epoch', 'everypod');
  /* translators: 1: sequence number of a pod's cursor. 2: sequence number of the journal's head. */
  return sprintf(__('%1$d of %2$d', 'everypod'), cursor.seq, head);
}

function behindWords({ behind }: Pod): string {
  if (behind === null) return __('unknown', 'everypod');
  if (behind === 0) return __('nothing', 'everypod');
  /* translators: %d: number of changes. */
  return sprintf(_n('%d change', '%d changes', behind, 'everypod'), behind);
}

/** Whether a pod has settled as far as its cursor, in the same epoch. */
function hasSettled({ cursor, settled }: Pod): boolean {
  return cursor !== null && settled?.epoch === cursor.epoch && settled.seq >= cursor.seq;
}

function settledTone(pod: Pod): Tone {
  if (pod.keeps) return 'partly';
  return hasSettled(pod) ? 'good' : 'pending';
}

function PodRow({ pod, pods }: { pod: Pod; pods: Pods }) {
  return (
    <tr>
      <th scope="row">
        {pod.name}{' '}
        <span className={`everypod-pods__${pod.live ? 'live' : 'gone'}`}>
          {pod.live ? __('live', 'everypod') : __('not live', 'everypod')}
        </span>
      </th>
      <td>{pod.ip}</td>
      <td>
        <code title={pod.instance}>{pod.instance.slice(0, limits.instanceCharacters)}</code>
      </td>
      <td>{cursorWords(pod.cursor, pods)}</td>
      <td>
        <StateMark tone={settledTone(pod)} /> {cursorWords(pod.settled, pods)}
        {pod.keeps && <> {__('(old pages)', 'everypod')}</>}
      </td>
      <td>
        <StateMark tone={pod.behind === 0 ? 'good' : 'partly'} /> {behindWords(pod)}
      </td>
      <td>{ago(pod.lastSeen)}</td>
      <td>{pod.builtAt === null ? __('unknown', 'everypod') : timeOfDay(pod.builtAt)}</td>
    </tr>
  );
}
