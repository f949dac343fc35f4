import { type ProblemName, problem } from '@everypod/contract';

/** One problem as an HTTP answer. */
export function problemAnswer(
  name: ProblemName,
  detail: string,
  headers: Record<string, string> = {},
): Response {
  const body = problem(name, detail);
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}
