import { call, type Outcome } from '@everypod/fan-out';
import { limits } from './limits.ts';

/** One call on a connection of its own, as a bridge or kubelet makes it. What is compared with it calls in its own way. */
export async function request(
  url: string,
  { method = 'GET', headers = {}, body, deadlineMs = limits.probeDeadlineMs }: RequestOptions = {},
): Promise<Outcome> {
  const { hostname, port, pathname, search } = new URL(url);
  return call({
    protocol: 'http:',
    connectTo: hostname,
    port: Number(port),
    host: `${hostname}:${port}`,
    serverName: '',
    method,
    path: pathname + search,
    headers,
    ...(body === undefined ? {} : { body }),
    deadlineMs,
    answerBytes: limits.answerBytes,
  });
}

export type RequestOptions = {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  deadlineMs?: number;
};

/** @throws unless it was answered with a 2xx */
export async function expectAccepted(url: string, options?: RequestOptions): Promise<Buffer> {
  const outcome = await request(url, options);
  if (outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300) return outcome.body;
  const came = outcome.kind === 'answered' ? String(outcome.status) : outcome.kind;
  throw new Error(`${new URL(url).pathname} was to answer 2xx; what came was ${came}.`);
}

/** @throws unless WordPress answered 200; with what it says that this was made of, null where it says nothing */
export async function expectAnswered(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ keys: string | null }> {
  const outcome = await request(url, { headers });
  if (outcome.kind !== 'answered' || outcome.status !== 200)
    throw new Error(`${url} was to answer 200; what came was ${JSON.stringify(outcome).slice(0, 300)}.`);
  return { keys: outcome.headers.get('x-everypod-keys') ?? null };
}

/** @returns what a browser sends with each request of the block editor, once somebody has signed in by that address */
export async function signIn(signInUrl: string): Promise<Record<string, string>> {
  const { headers } = await fetch(signInUrl, { redirect: 'manual' });
  const cookies = headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  const cookie = cookies.join('; ');
  const nonces = new URL('/wp-admin/admin-ajax.php?action=rest-nonce', signInUrl);
  const nonce = await expectAccepted(nonces.href, { headers: { cookie } });
  return { cookie, 'x-wp-nonce': nonce.toString() };
}
