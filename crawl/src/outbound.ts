/**
 * The one place where the crawl calls anything over HTTP. Follows no redirect and reads the answer to its end. Each call
 * has a connection of its own: on a busy machine the crawl may stand still for as long as a server keeps an idle one, and
 * would then call on what is closed already.
 */
export async function call(
  url: string,
  { timeoutMs, ...init }: RequestInit & { timeoutMs: number },
): Promise<{ status: number; text: string }> {
  const headers = new Headers(init.headers);
  headers.set('connection', 'close');
  const answer = await fetch(url, {
    redirect: 'manual',
    ...init,
    headers,
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: answer.status, text: await answer.text() };
}
