import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export const urlOf = (slug: string) => `${process.env.TEST_ORIGIN}/${slug}`;

/** What the origin has now, by a request of which Next.js knows nothing. */
export function contentOf(slug: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(urlOf(slug), (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

/** Whatever else a page does once it has its content. */
export const work = () => sleep(Math.random() * 80);

export const shown = (content: string) => `rendered:${content}`;

/** As `<Freshness>` names it: what a test has put behind "modified" in the content; null where it has not. */
export function versionIn(content: string): string | null {
  const [, modified] = /modified (\S+)/.exec(content) ?? [];
  return modified === undefined ? null : `42 ${modified}Z`;
}
