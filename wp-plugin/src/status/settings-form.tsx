import { Button, Notice, TextControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import { api } from '../rest/api.ts';
import type { Settings } from '../rest/shapes.ts';
import { type SecretDraft, SecretField } from './secret-field.tsx';

type SettingsFormProps = { settings: Settings; onSaved: (saved: Settings) => void };
type Outcome = { status: 'success' | 'error'; words: string };

function byConstant(name: string): string {
  /* translators: %s: name of a PHP constant. */
  return sprintf(__('Set by the constant %s; change it there.', 'everypod'), name);
}

function checkedAgainst(file: string): string {
  /* translators: %s: path of a file. */
  return sprintf(__('Certificates are checked against %s.', 'everypod'), file);
}

export function SettingsForm({ settings, onSaved }: SettingsFormProps) {
  const [url, setUrl] = useState(settings.bridgeUrl.value);
  const [secret, setSecret] = useState<SecretDraft>({ kind: 'keep' });
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const urlIsFixed = settings.bridgeUrl.source === 'constant';
  const secretIsFixed = settings.secret.source === 'constant';

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setOutcome(null);
    const answer = await api.saveSettings({
      ...(!urlIsFixed && { bridgeUrl: url.trim() }),
      ...(secret.kind === 'replace' && secret.value !== '' && { secret: secret.value.trim() }),
      ...(secret.kind === 'remove' && { secret: null }),
    });
    setBusy(false);
    if (!answer.ok) return setOutcome({ status: 'error', words: answer.failure.message });
    setUrl(answer.value.bridgeUrl.value);
    setSecret({ kind: 'keep' });
    setOutcome({ status: 'success', words: __('Saved.', 'everypod') });
    onSaved(answer.value);
  };

  return (
    <form className="everypod-settings" onSubmit={save}>
      {!settings.canEdit && <p>{__('Only network administrators may change the connection.', 'everypod')}</p>}
      <TextControl
        __next40pxDefaultSize
        __nextHasNoMarginBottom
        label={__('Bridge address', 'everypod')}
        type="url"
        value={url}
        onChange={setUrl}
        disabled={urlIsFixed || !settings.canEdit}
        placeholder="https://bridge.example.com"
        help={
          urlIsFixed
            ? byConstant('EVERYPOD_BRIDGE_URL')
            : __('Where WordPress reaches the bridge. A private address and any port will do.', 'everypod')
        }
      />
      <SecretField
        saved={settings.secret.set}
        draft={secret}
        onDraft={setSecret}
        disabled={!settings.canEdit}
        fixedBy={secretIsFixed ? byConstant('EVERYPOD_SECRET') : null}
      />
      {settings.caFile.value !== '' && (
        <p>
          {checkedAgainst(settings.caFile.value)}{' '}
          {settings.caFile.source === 'constant' && byConstant('EVERYPOD_CA_FILE')}
        </p>
      )}
      {settings.canEdit && !(urlIsFixed && secretIsFixed) && (
        <Button __next40pxDefaultSize variant="primary" type="submit" isBusy={busy} aria-disabled={busy}>
          {__('Save connection', 'everypod')}
        </Button>
      )}
      <div role="status">
        {outcome && (
          <Notice status={outcome.status} isDismissible={false} spokenMessage="">
            {outcome.words}
          </Notice>
        )}
      </div>
    </form>
  );
}
