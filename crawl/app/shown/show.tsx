import { notFound } from 'next/navigation';
import type { Read } from '@/reading/answer';

export type Params = Record<string, string | string[]>;

/** What a page shows, read by whatever means it is given; null where there is no such page. */
export type Page = (read: Read, params: Params) => Promise<unknown>;

/** A page's text, and when it was made. */
export async function show(page: Page, read: Read, params: Params) {
  const shown = await page(read, params);
  if (shown === null) notFound();
  return (
    <main>
      <Made />
      <pre>{JSON.stringify(shown, null, 1)}</pre>
    </main>
  );
}

/** A name for this making, which no other has. */
export function Made() {
  return <i data-made={`${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`} />;
}
