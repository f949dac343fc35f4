import { startOfThisRender } from '@/wordpress/request';
import { whoRenders } from './who-renders';
import './colophon.css';

/**
 * Who made this copy, when, and from content of which time: for readers at the foot of the page, for the wall
 * as meta elements, which React moves into the head.
 */
export function Colophon({ contentFrom }: { contentFrom?: Date | undefined }) {
  const pod = whoRenders();
  const renderedAt = startOfThisRender();
  return (
    <footer className="colophon">
      <meta name="everypod-pod" content={pod} />
      <meta name="everypod-rendered-at" content={renderedAt.toISOString()} />
      {contentFrom && <meta name="everypod-modified" content={contentFrom.toISOString()} />}
      <p>
        This copy was made by <strong className="colophon-pod">{pod}</strong> at <Moment at={renderedAt} />
        {contentFrom && (
          <>
            {' '}
            from content last changed <Moment at={contentFrom} />
          </>
        )}
        .
      </p>
    </footer>
  );
}

function Moment({ at }: { at: Date }) {
  return (
    <time dateTime={at.toISOString()}>
      {at.toLocaleTimeString('en-GB', { timeZone: 'UTC' })} UTC on{' '}
      {at.toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })}
    </time>
  );
}

/** The newest of what a page shows. */
export function newest(articles: { modifiedAt: Date }[]): Date | undefined {
  const times = articles.map((article) => article.modifiedAt.getTime());
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}
