import { request } from 'node:http';

/** What a visitor without a login is given, in a word where it is no page: `fetch` would drop the Host that it is told. */
export type Given = { status: number; text: string };

export function readAs(
  url: string,
  { host, nextUrl }: { host?: string | undefined; nextUrl?: string | undefined },
) {
  const headers = {
    ...(host !== undefined && { host }),
    ...(nextUrl !== undefined && { rsc: '1', 'next-url': nextUrl }),
  };
  return new Promise<Given>((resolve, reject) => {
    const asked = request(url, { headers, agent: false }, (response) => {
      const { statusCode: status = 0 } = response;
      const { location } = response.headers;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const isElsewhere = status >= 300 && status < 400;
        const to = isElsewhere ? new URL(location ?? '', 'http://site').pathname : '';
        const shown = response.headers['x-shown'] ?? body;
        resolve({
          status,
          text: isElsewhere ? `redirected to ${to}` : status >= 400 ? `${status}` : `${shown}`,
        });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}
