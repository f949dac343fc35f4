import { asksDirected, type Secret, type SignedHeaders, signAnswer } from '@everypod/contract';

/** A question whose signature held. */
export type Question = { headers: Headers; id: string; secrets: readonly Secret[]; nowMs: number };

/** Signs an answer's text with the id of its question, in the form that it asks for. */
export function signText({ secrets, nowMs, ...question }: Question, body: string): SignedHeaders {
  return signAnswer(secrets, question, nowMs, body);
}

/**
 * Signs a whole answer, a problem too, where its question asks for that; senders of 0.1.0 don't. One that is signed, as
 * catch-up's always is, stays as it is, and so does the 401 that is the same for every cause.
 */
export async function signedAnswer(question: Question, answer: Response): Promise<Response> {
  const isDone = answer.status === 401 || answer.headers.has('webhook-signature');
  if (isDone || !asksDirected(question.headers)) return answer;
  const body = await answer.text();
  const headers = { ...Object.fromEntries(answer.headers), ...signText(question, body) };
  return new Response(body, { status: answer.status, headers });
}
