import { request } from 'node:http';

/** Who asks: by which name of the site, and from which of its pages by a link, if from any. */
type As = { host: string; nextUrl?: string | undefined };

/** What a visitor without a login is given, in a word where it is no page; `to`: where else it leads. */
export type Given = { text: string; to?: URL };

export async function readAs(url: string, as: As): Promise<Given> {
  const given = await readOnce(url, as);
  // 16 has who comes by a link say in the address what is asked for, and redirects who does not.
  const isSame = as.nextUrl !== undefined && given.to?.pathname === new URL(url).pathname;
  return isSame ? readOnce(new URL(given.to?.search ?? '', url).href, as) : given;
}

/** `fetch` would drop the Host that it is told. */
function readOnce(url: string, { host, nextUrl }: As): Promise<Given> {
  const headers = { host, ...(nextUrl !== undefined && { rsc: '1', 'next-url': nextUrl }) };
  const { promise, resolve, reject } = Promise.withResolvers<Given>();
  const asked = request(url, { headers, agent: false }, (response) => {
    const { statusCode: status = 0 } = response;
    const { location, 'x-shown': shown } = response.headers;
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', reject);
    response.on('end', () => {
      if (status >= 400) return resolve({ text: String(status) });
      if (status < 300) return resolve({ text: String(shown ?? Buffer.concat(chunks)) });
      const to = new URL(location ?? '', 'http://site');
      resolve({ text: `redirected to ${to.pathname}`, to });
    });
  });
  asked.on('error', reject);
  asked.end();
  return promise;
}
