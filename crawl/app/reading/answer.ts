/** What WordPress answered, as far as pages look at it. */
export type Answer = {
  status: number;
  /** How many there are in all, where it is a list. */
  total: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: a page picks what it shows.
  body: any;
};

/** Reads a route of WordPress's REST API. Throws where WordPress fails, so that no page is made of half an answer. */
export type Read = (route: string) => Promise<Answer>;

export function addressOf(route: string): string {
  const url = process.env.WORDPRESS_URL;
  if (!url) throw new Error('WORDPRESS_URL is not set: give the address of the WordPress to show');
  return `${url.replace(/\/$/, '')}/wp-json${route}`;
}

export function answerOf(route: string, status: number, total: string | null, text: string): Answer {
  if (status >= 500) throw new Error(`WordPress answered ${status} to ${route}`);
  return { status, total, body: JSON.parse(text) };
}

export async function answerOfFetch(route: string, response: Response): Promise<Answer> {
  return answerOf(route, response.status, response.headers.get('x-wp-total'), await response.text());
}
