import { Button, Modal } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Telling } from './use-telling.ts';

/** Asks first. Whoever has just pressed it is told to wait without being asked. */
export function TakeDownButton({ state, tell }: Telling) {
  const [asks, setAsks] = useState(false);
  const close = () => setAsks(false);
  return (
    <>
      <Button
        variant="secondary"
        size="compact"
        isDestructive
        isBusy={state === 'busy'}
        aria-disabled={state !== 'ready'}
        aria-haspopup="dialog"
        onClick={() => (state === 'ready' ? setAsks(true) : tell())}
      >
        {__('Take down now', 'everypod')}
      </Button>
      {asks && (
        <Confirmation
          onCancel={close}
          onConfirm={() => {
            close();
            tell();
          }}
        />
      )}
    </>
  );
}

const wordsId = 'everypod-take-down-words';

/** WordPress's own confirm dialog is still an experiment, which may go away; this is what it is made of. */
function Confirmation({ onCancel, onConfirm }: { onCancel: () => void; onConfirm: () => void }) {
  return (
    <Modal
      title={__('Take this page down on every pod now?', 'everypod')}
      size="small"
      onRequestClose={onCancel}
      aria={{ describedby: wordsId }}
    >
      <div id={wordsId} className="everypod-take-down">
        <p>
          {__(
            "Visitors get no old copy from then on, even while WordPress can't be reached. Pods make the page anew from what WordPress gives them.",
            'everypod',
          )}
        </p>
        <p>{__('The post itself stays as it is in WordPress.', 'everypod')}</p>
      </div>
      <div className="everypod-take-down__buttons">
        <Button variant="tertiary" size="compact" onClick={onCancel}>
          {__('Cancel', 'everypod')}
        </Button>
        <Button variant="primary" size="compact" isDestructive onClick={onConfirm}>
          {__('Take down now', 'everypod')}
        </Button>
      </div>
    </Modal>
  );
}
