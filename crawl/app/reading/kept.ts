import { get } from 'node:http';
import { unstable_cache } from 'next/cache';
import { type Answer, addressOf, answerOf, answerOfFetch, type Read } from './answer';

/** Next.js keeps the answer, for whichever pages ask. */
export const kept: Read = async (route) =>
  answerOfFetch(route, await fetch(addressOf(route), { cache: 'force-cache' }));

/** Next.js keeps the page alone. */
export const plain: Read = async (route) => answerOfFetch(route, await fetch(addressOf(route)));

/** Next.js keeps what was computed. */
export const computed: Read = unstable_cache(plain, ['computed']);

/** By a client that Next.js knows nothing of. */
export const byNode: Read = (route) =>
  new Promise<Answer>((resolve, reject) => {
    get(addressOf(route), (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('error', reject);
      response.on('end', () => {
        const total = response.headers['x-wp-total'];
        try {
          resolve(answerOf(route, response.statusCode ?? 0, typeof total === 'string' ? total : null, text));
        } catch (error) {
          reject(error);
        }
      });
    }).on('error', reject);
  });
