import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { Telling } from './use-telling.ts';

/** Never `disabled`: that would drop the focus of whoever just pressed it. */
export function RevalidateButton({ state, tell }: Telling) {
  return (
    <Button
      variant="secondary"
      size="compact"
      isBusy={state === 'busy'}
      aria-disabled={state !== 'ready'}
      onClick={tell}
    >
      {__('Revalidate now', 'everypod')}
    </Button>
  );
}
