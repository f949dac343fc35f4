import { Button, TextControl } from '@wordpress/components';
import { useEffect, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Destination } from '../rest/shapes.ts';

/** What happens to the secret on the next save. The saved one is never shown, so it can't be edited. */
export type SecretDraft = { kind: 'keep' } | { kind: 'replace'; value: string } | { kind: 'remove' };

type SecretFieldProps = {
  saved: boolean;
  /** Who has the same secret. */
  destination: Destination;
  draft: SecretDraft;
  onDraft: (draft: SecretDraft) => void;
  disabled: boolean;
  /** Where it is set, when that is not here. */
  fixedBy: string | null;
};

export function SecretField({ saved, destination, draft, onDraft, disabled, fixedBy }: SecretFieldProps) {
  if (fixedBy !== null || (disabled && saved)) {
    return <SecretLine words={__('A secret is saved.', 'everypod')} help={fixedBy} />;
  }
  if (!saved || draft.kind === 'replace') {
    return (
      <SecretInput
        saved={saved}
        destination={destination}
        draft={draft}
        onDraft={onDraft}
        disabled={disabled}
      />
    );
  }
  return <SavedSecret draft={draft} onDraft={onDraft} />;
}

function SecretLine({ words, help }: { words: string; help: string | null }) {
  return (
    <div className="everypod-secret">
      <span className="everypod-secret__label">{__('Secret', 'everypod')}</span>
      <p>{words}</p>
      {help && <p className="everypod-secret__help">{help}</p>}
    </div>
  );
}

function SecretInput({ saved, destination, draft, onDraft, disabled }: Omit<SecretFieldProps, 'fixedBy'>) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Whoever pressed "Replace" wants to type; its button is gone.
    if (saved) input.current?.focus();
  }, [saved]);
  return (
    <div className="everypod-secret">
      <TextControl
        ref={input}
        __next40pxDefaultSize
        __nextHasNoMarginBottom
        label={saved ? __('New secret', 'everypod') : __('Secret', 'everypod')}
        type="password"
        autoComplete="new-password"
        spellCheck={false}
        value={draft.kind === 'replace' ? draft.value : ''}
        onChange={(value) => onDraft({ kind: 'replace', value })}
        disabled={disabled}
        help={
          destination === 'bridge'
            ? __('The same as EVERYPOD_SECRET of the bridge; it starts with whsec_.', 'everypod')
            : __('The same as EVERYPOD_SECRET of the pods; it starts with whsec_.', 'everypod')
        }
      />
      {saved && (
        <Button variant="link" onClick={() => onDraft({ kind: 'keep' })}>
          {__('Keep the saved secret', 'everypod')}
        </Button>
      )}
    </div>
  );
}

function SavedSecret({ draft, onDraft }: Pick<SecretFieldProps, 'draft' | 'onDraft'>) {
  const removing = draft.kind === 'remove';
  return (
    <fieldset className="everypod-secret">
      <legend className="everypod-secret__label">{__('Secret', 'everypod')}</legend>
      <p>
        {removing
          ? __('The secret is removed when you save.', 'everypod')
          : __('A secret is saved. It is not shown again.', 'everypod')}
      </p>
      <Button variant="link" onClick={() => onDraft({ kind: 'replace', value: '' })}>
        {__('Replace secret', 'everypod')}
      </Button>{' '}
      <Button
        variant="link"
        isDestructive={!removing}
        onClick={() => onDraft(removing ? { kind: 'keep' } : { kind: 'remove' })}
      >
        {removing ? __('Keep the saved secret', 'everypod') : __('Remove secret', 'everypod')}
      </Button>
    </fieldset>
  );
}
