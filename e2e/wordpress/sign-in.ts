import type { Addresses } from '../system/addresses.ts';

/** Signs the administrator in, without a browser. @returns what WordPress's REST API asks of a browser */
export async function signIn({ url, user, password }: Addresses['wordpress'], timeoutMs: number) {
  const signedIn = await fetch(`${url}/wp-login.php`, {
    method: 'POST',
    headers: { cookie: 'wordpress_test_cookie=WP%20Cookie%20check' },
    body: new URLSearchParams({ log: user, pwd: password, testcookie: '1' }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const answer = await fetch(`${url}/wp-admin/admin-ajax.php?action=rest-nonce`, {
    headers: { cookie },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!answer.ok) throw new Error(`WordPress let nobody in: it answered ${answer.status}.`);
  return { cookie, nonce: await answer.text() };
}
