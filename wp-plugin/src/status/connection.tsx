import { __ } from '@wordpress/i18n';
import type { Settings } from '../rest/shapes.ts';
import { ConnectionTest } from './connection-test.tsx';
import { SettingsForm } from './settings-form.tsx';

type ConnectionProps = { settings: Settings; onSaved: (saved: Settings) => void; onTested: () => void };

export function Connection({ settings, onSaved, onTested }: ConnectionProps) {
  const complete = settings.bridgeUrl.value !== '' && settings.secret.set;
  return (
    <section aria-labelledby="everypod-connection">
      <h2 id="everypod-connection">{__('Connection to the bridge', 'everypod')}</h2>
      <SettingsForm settings={settings} onSaved={onSaved} />
      {complete && <ConnectionTest onTested={onTested} />}
    </section>
  );
}
