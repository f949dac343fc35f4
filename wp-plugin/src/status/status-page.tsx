import { useCallback, useEffect, useState } from '@wordpress/element';
import { type Answer, api } from '../rest/api.ts';
import type { Settings } from '../rest/shapes.ts';
import { useWatched } from '../rest/use-watched.ts';
import { Connection } from './connection.tsx';
import { DeliveriesSection } from './deliveries-section.tsx';
import { PodsSection } from './pods-section.tsx';
import './status.css';
import { TopNotices } from './top-notices.tsx';

/** Settings → Everypod. */
export function StatusPage() {
  const [settings, setSettings] = useState<Answer<Settings> | null>(null);
  const [page, setPage] = useState(1);
  const pods = useWatched(api.pods);
  const deliveries = useWatched(useCallback(() => api.deliveries(page), [page]));

  useEffect(() => {
    void api.settings().then(setSettings);
  }, []);

  const askAgain = () => {
    pods.again();
    deliveries.again();
  };
  const onSaved = (saved: Settings) => {
    setSettings({ ok: true, value: saved });
    askAgain();
  };

  return (
    <div className="everypod-status">
      <TopNotices settings={settings} pods={pods.answer} deliveries={deliveries.answer} />
      {settings?.ok && <Connection settings={settings.value} onSaved={onSaved} onTested={askAgain} />}
      <PodsSection answer={pods.answer} />
      <DeliveriesSection
        answer={deliveries.answer}
        page={page}
        onPage={setPage}
        onRetried={deliveries.again}
      />
    </div>
  );
}
