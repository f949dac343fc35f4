import type { Metadata } from 'next';
import { Colophon } from '@/colophon/Colophon';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <>
      <main id="content">
        <header className="list-head">
          <p className="list-kind">404</p>
          <h1>There is nothing at this address</h1>
          <p>
            It may have been moved or taken back. <a href="/">The latest articles</a> are on the front page.
          </p>
        </header>
      </main>
      <Colophon />
    </>
  );
}
