import { Button, Notice, TextControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import { api } from '../rest/api.ts';
import type { Settings } from '../rest/shapes.ts';
import { DestinationField } from './destination-field.tsx';
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

/** The address field in words for each destination. */
const addressWords = {
  bridge: () => ({
    label: __('Bridge address', 'everypod'),
    placeholder: 'https://bridge.example.com',
    help: __('Where WordPress reaches the bridge. A private address and any port will do.', 'everypod'),
  }),
  'load-balancer': () => ({
    label: __("Address of the pods' route", 'everypod'),
    placeholder: 'https://www.example.com/siteapi/revalidate',
    help: __(
      'The whole address, with its path, as the app has it: redirects are not followed. A private address and any port will do.',
      'everypod',
    ),
  }),
};

export function SettingsForm({ settings, onSaved }: SettingsFormProps) {
  const [destination, setDestination] = useState(settings.destination.value);
  const [url, setUrl] = useState(settings.bridgeUrl.value);
  const [secret, setSecret] = useState<SecretDraft>({ kind: 'keep' });
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const destinationIsFixed = settings.destination.source === 'constant';
  const urlIsFixed = settings.bridgeUrl.source === 'constant';
  const secretIsFixed = settings.secret.source === 'constant';

  const address = addressWords[destination]();

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setOutcome(null);
    const answer = await api.saveSettings({
      ...(!destinationIsFixed && { destination }),
      ...(!urlIsFixed && { bridgeUrl: url.trim() }),
      ...(secret.kind === 'replace' && secret.value !== '' && { secret: secret.value.trim() }),
      ...(secret.kind === 'remove' && { secret: null }),
    });
    setBusy(false);
    if (!answer.ok) return setOutcome({ status: 'error', words: answer.failure.message });
    setDestination(answer.value.destination.value);
    setUrl(answer.value.bridgeUrl.value);
    setSecret({ kind: 'keep' });
    setOutcome({ status: 'success', words: __('Saved.', 'everypod') });
    onSaved(answer.value);
  };

  return (
    <form className="everypod-settings" onSubmit={save}>
      {!settings.canEdit && <p>{__('Only network administrators may change the connection.', 'everypod')}</p>}
      <DestinationField
        value={destination}
        onChange={setDestination}
        disabled={destinationIsFixed || !settings.canEdit}
        fixedBy={destinationIsFixed ? byConstant('EVERYPOD_DESTINATION') : null}
      />
      <TextControl
        __next40pxDefaultSize
        __nextHasNoMarginBottom
        label={address.label}
        type="url"
        value={url}
        onChange={setUrl}
        disabled={urlIsFixed || !settings.canEdit}
        placeholder={address.placeholder}
        help={urlIsFixed ? byConstant('EVERYPOD_BRIDGE_URL') : address.help}
      />
      <SecretField
        saved={settings.secret.set}
        destination={destination}
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
      {settings.canEdit && !(destinationIsFixed && urlIsFixed && secretIsFixed) && (
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
