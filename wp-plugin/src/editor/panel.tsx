import { Notice, Spinner } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { DeliveryReport } from '../report/delivery-report.tsx';
import type { Answer } from '../rest/api.ts';
import type { PostDelivery } from '../rest/shapes.ts';
import { canRevalidate } from './can-revalidate.ts';
import { NotSetUp } from './not-set-up.tsx';
import { unsentWords } from './unsent-words.ts';
import './panel.css';

type PanelProps = {
  answer: Answer<PostDelivery> | null;
  published: boolean;
  statusUrl: string | null;
  /** The buttons, where there is something that visitors can see. */
  children?: ReactNode;
};

/** How far the last change to this post has got. */
export function Panel({ answer, published, statusUrl, children }: PanelProps) {
  return (
    <div className="everypod-panel">
      <HowFar answer={answer} published={published} statusUrl={statusUrl} />
      {canRevalidate(answer, published) && children}
    </div>
  );
}

function HowFar({ answer, published, statusUrl }: Omit<PanelProps, 'children'>) {
  if (!published && !(answer?.ok && answer.value.delivery)) {
    return <p>{__('Every pod is told once this is published.', 'everypod')}</p>;
  }
  if (!answer) {
    return (
      <p>
        <Spinner /> {__('Asking how far this change has got…', 'everypod')}
      </p>
    );
  }
  if (!answer.ok) {
    return (
      <Notice status="error" isDismissible={false} spokenMessage="">
        <p>{answer.failure.message}</p>
      </Notice>
    );
  }
  const { configured, visible, unsent, delivery } = answer.value;
  return (
    <>
      {!configured && <NotSetUp statusUrl={statusUrl} />}
      {configured && unsent && (
        <Notice status="warning" isDismissible={false} spokenMessage="">
          <p>{unsentWords()}</p>
          <p>{__('Below is how far the change before it has got.', 'everypod')}</p>
        </Notice>
      )}
      {delivery && <DeliveryReport delivery={configured ? delivery : { ...delivery, problem: null }} />}
      {configured && published && !visible && (
        <p>{__("Visitors can't see this post, so the pods have nothing of it to keep fresh.", 'everypod')}</p>
      )}
      {configured && visible && !delivery && (
        <p>{__('Nothing has been sent for this post lately. The next change to it will be.', 'everypod')}</p>
      )}
    </>
  );
}
