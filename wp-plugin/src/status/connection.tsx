import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Settings } from '../rest/shapes.ts';
import { ConnectionTest } from './connection-test.tsx';
import { SettingsForm } from './settings-form.tsx';

type ConnectionProps = { settings: Settings; onSaved: (saved: Settings) => void; onTested: () => void };

export function Connection({ settings, onSaved, onTested }: ConnectionProps) {
  const [saves, setSaves] = useState(0);
  const complete = settings.bridgeUrl.value !== '' && settings.secret.set;
  const saved = (now: Settings) => {
    setSaves(saves + 1);
    onSaved(now);
  };
  return (
    <section aria-labelledby="everypod-connection">
      <h2 id="everypod-connection">{__('Connection', 'everypod')}</h2>
      <SettingsForm settings={settings} onSaved={saved} />
      {/* A test of what was saved before says nothing about what is saved now. */}
      {complete && <ConnectionTest key={saves} onTested={onTested} />}
    </section>
  );
}
