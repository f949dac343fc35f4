import { type ProblemName, problem, type SignedHeaders } from '@everypod/contract';

const never = { 'cache-control': 'no-store' };

export function json(status: number, text: string, signed?: SignedHeaders): Response {
  return new Response(text, { status, headers: { ...never, 'content-type': 'application/json', ...signed } });
}

/** RFC 9457: `detail` says what to do. */
export function problemAnswer(
  name: ProblemName,
  detail: string,
  headers: Record<string, string> = {},
): Response {
  const body = problem(name, detail);
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { ...never, 'content-type': 'application/problem+json', ...headers },
  });
}

type Issues = { issues: readonly { path: readonly PropertyKey[]; message: string }[] };

/** To a signed message that is not one of the kind that it is sent as: what is wrong with it, and where. */
export function notUnderstood(what: string, { issues: [issue] }: Issues): Response {
  return problemAnswer('bad-request', `${issue?.path.join('.') || `The ${what}`}: ${issue?.message}.`);
}
