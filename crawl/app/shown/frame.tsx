import type { ReactNode } from 'react';
import type { Read } from '@/reading/answer';

type Item = { title: string; url: string };

/** What is around each page: the site's name and its menu. */
export async function Frame({ read, children }: { read: Read; children: ReactNode }) {
  const { body } = await read('/front/v1/shell');
  const items: Item[] = body.menu;
  return (
    <html lang="en">
      <body>
        <header>
          <b>{body.name}</b> <small>{body.tagline}</small>
          {items.map(({ title, url }) => (
            <a key={`${title} ${url}`} href={url}>
              {title}
            </a>
          ))}
        </header>
        {children}
      </body>
    </html>
  );
}
