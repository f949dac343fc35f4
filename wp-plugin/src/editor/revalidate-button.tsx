import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { useRevalidation } from './use-revalidation.ts';

/** Never `disabled`: that would drop the focus of whoever just pressed it. */
export function RevalidateButton({ state, words, revalidate }: ReturnType<typeof useRevalidation>) {
  return (
    <>
      <Button
        variant="secondary"
        size="compact"
        isBusy={state === 'busy'}
        aria-disabled={state !== 'ready'}
        onClick={revalidate}
      >
        {__('Revalidate now', 'everypod')}
      </Button>
      {words && <p className="everypod-panel__words">{words}</p>}
    </>
  );
}
