import { Button, Spinner } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { limits } from '../limits.ts';
import type { Answer } from '../rest/api.ts';
import type { Deliveries } from '../rest/shapes.ts';
import { DeliveryRow } from './delivery-row.tsx';

type DeliveriesSectionProps = {
  answer: Answer<Deliveries> | null;
  page: number;
  onPage: (page: number) => void;
  onRetried: () => void;
};

export function DeliveriesSection({ answer, page, onPage, onRetried }: DeliveriesSectionProps) {
  return (
    <section aria-labelledby="everypod-deliveries">
      <h2 id="everypod-deliveries">{__('Deliveries', 'everypod')}</h2>
      {!answer && <Spinner />}
      {answer?.ok && !answer.value.problem && answer.value.total === 0 && (
        <p>{__('Nothing has been sent yet. Publish or update a post, and it is listed here.', 'everypod')}</p>
      )}
      {answer?.ok && answer.value.total > 0 && (
        <>
          <DeliveriesTable deliveries={answer.value.deliveries} onRetried={onRetried} />
          <Paging page={page} total={answer.value.total} onPage={onPage} />
        </>
      )}
    </section>
  );
}

function DeliveriesTable({
  deliveries,
  onRetried,
}: Pick<Deliveries, 'deliveries'> & { onRetried: () => void }) {
  return (
    <table className="wp-list-table widefat everypod-table everypod-deliveries">
      <caption className="screen-reader-text">
        {__('Deliveries, given up ones first, then the newest', 'everypod')}
      </caption>
      <thead>
        <tr>
          <th scope="col">{__('What changed', 'everypod')}</th>
          <th scope="col">{__('When', 'everypod')}</th>
          <th scope="col">{__('How far', 'everypod')}</th>
          <th scope="col">{__('Actions', 'everypod')}</th>
        </tr>
      </thead>
      {deliveries.map((delivery) => (
        <DeliveryRow key={delivery.id} delivery={delivery} onRetried={onRetried} />
      ))}
    </table>
  );
}

function Paging({ page, total, onPage }: { page: number; total: number; onPage: (page: number) => void }) {
  const pages = Math.ceil(total / limits.deliveriesPerPage);
  if (pages <= 1) return null;
  /* translators: 1: number of this page. 2: number of pages. */
  const where = sprintf(__('Page %1$d of %2$d', 'everypod'), page, pages);
  const go = (to: number) => {
    if (to >= 1 && to <= pages) onPage(to);
  };
  return (
    <nav className="everypod-paging" aria-label={__('Pages of deliveries', 'everypod')}>
      <Button variant="secondary" size="compact" aria-disabled={page <= 1} onClick={() => go(page - 1)}>
        {__('Newer', 'everypod')}
      </Button>
      <span>{where}</span>
      <Button variant="secondary" size="compact" aria-disabled={page >= pages} onClick={() => go(page + 1)}>
        {__('Older', 'everypod')}
      </Button>
    </nav>
  );
}
