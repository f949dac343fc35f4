import { Button } from '@wordpress/components';
import { useId, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { DeliveryReport } from '../report/delivery-report.tsx';
import { timeOfDay } from '../report/moments.ts';
import { StateMark } from '../report/state-mark.tsx';
import { summaryOf } from '../report/summary.ts';
import { deliveryStateWord } from '../report/words.ts';
import { api } from '../rest/api.ts';
import type { Delivery } from '../rest/shapes.ts';
import { aboutWords, doneWords } from './about-words.ts';
import { SubjectList } from './subject-list.tsx';
import { TargetList } from './target-list.tsx';

const retryable: readonly Delivery['state'][] = ['waiting', 'dead', 'unknown'];

type DeliveryRowProps = { delivery: Delivery; onRetried: () => void };

export function DeliveryRow({ delivery, onRetried }: DeliveryRowProps) {
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const reportId = useId();
  const summary = summaryOf(delivery);
  const subject = aboutWords(delivery);
  return (
    <tbody>
      <tr>
        <th scope="row">
          {subject} <span className="everypod-deliveries__change">{doneWords(delivery)}</span>
        </th>
        <td>
          <time dateTime={delivery.createdAt}>{timeOfDay(delivery.createdAt)}</time>
        </td>
        <td>
          <StateMark tone={summary.tone} /> {deliveryStateWord(delivery.state)}
          <span className="everypod-deliveries__summary">{summary.text}</span>
        </td>
        <td className="everypod-deliveries__actions">
          <Button
            ref={toggle}
            variant="link"
            aria-expanded={open}
            aria-controls={reportId}
            onClick={() => setOpen(!open)}
          >
            {open ? __('Hide report', 'everypod') : __('Show report', 'everypod')}
            <span className="screen-reader-text"> {subject}</span>
          </Button>
          {retryable.includes(delivery.state) && (
            <Retry
              id={delivery.id}
              subject={subject}
              onRetried={() => {
                // The Retry button may be gone after this; its row stays.
                toggle.current?.focus();
                setOpen(true);
                onRetried();
              }}
            />
          )}
        </td>
      </tr>
      <tr id={reportId} hidden={!open}>
        <td colSpan={4}>
          {open && (
            <>
              <DeliveryReport delivery={delivery} showAddresses />
              <SubjectList subjects={delivery.subjects} />
              {delivery.report && <TargetList targets={delivery.report.targets} />}
            </>
          )}
        </td>
      </tr>
    </tbody>
  );
}

function Retry({ id, subject, onRetried }: { id: string; subject: string; onRetried: () => void }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState('');
  const retry = async () => {
    if (busy) return;
    setBusy(true);
    const answer = await api.retry(id);
    setBusy(false);
    setTrouble(answer.ok ? '' : answer.failure.message);
    if (answer.ok) onRetried();
  };
  return (
    <>
      <Button variant="link" isBusy={busy} aria-disabled={busy} onClick={retry}>
        {__('Retry', 'everypod')}
        <span className="screen-reader-text"> {subject}</span>
      </Button>
      <span role="status">{trouble}</span>
    </>
  );
}
