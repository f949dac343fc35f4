import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

/** `statusUrl` is null for people who may not set it up. */
export function NotSetUp({ statusUrl }: { statusUrl: string | null }) {
  return (
    <Notice status="warning" isDismissible={false} spokenMessage="">
      <p>
        {__('Everypod is not set up, so no pod hears of changes made here.', 'everypod')}{' '}
        {statusUrl ? (
          <a href={statusUrl}>{__('Set up Everypod', 'everypod')}</a>
        ) : (
          __('Ask an administrator to set it up under Settings → Everypod.', 'everypod')
        )}
      </p>
    </Notice>
  );
}
