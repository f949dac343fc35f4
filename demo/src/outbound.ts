import { limits } from './limits.ts';

export type Answer = { status: number; headers: Headers; body: Buffer<ArrayBuffer> };

export type Call = {
  method?: string;
  headers?: Record<string, string> | Headers;
  body?: string | Uint8Array<ArrayBuffer>;
  /** One deadline for connecting, head and body. */
  timeoutMs: number;
  signal?: AbortSignal;
};

/**
 * The one place where the demo calls anything over HTTP. Follows no redirect and reads a bounded answer to its end.
 * @returns the answer, or a sentence why there is none
 */
export async function call(url: string, options: Call): Promise<Answer | { unanswered: string }> {
  const { timeoutMs, signal, ...init } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
    });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > limits.answerBytes)
        return { unanswered: `${url} answered more than ${limits.answerBytes} bytes.` };
      chunks.push(chunk);
    }
    return { status: response.status, headers: response.headers, body: Buffer.concat(chunks) };
  } catch (error) {
    if (deadline.aborted) return { unanswered: `${url} did not answer within ${timeoutMs} ms.` };
    return { unanswered: `${url} did not answer: ${causeOf(error)}.` };
  }
}

/** `fetch failed` says nothing; what failed stands in the cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError) return cause.errors.map(causeOf).join('; ');
  return cause instanceof Error ? cause.message : error.message;
}
