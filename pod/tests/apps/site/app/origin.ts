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

/** The post that a test has put behind "modified" in the content, as WordPress would tell of it; none where it has not. */
export function postIn(content: string) {
  const [, modified_gmt] = /modified (\S+)/.exec(content) ?? [];
  return modified_gmt === undefined ? null : { id: 42, modified_gmt };
}
