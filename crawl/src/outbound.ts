/** The one place where the crawl calls anything over HTTP. Follows no redirect and reads the answer to its end. */
export async function call(
  url: string,
  { timeoutMs, ...init }: RequestInit & { timeoutMs: number },
): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, {
    redirect: 'manual',
    ...init,
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: answer.status, text: await answer.text() };
}
