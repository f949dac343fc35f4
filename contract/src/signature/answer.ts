import { limits } from '../limits.ts';
import type { Secret } from './secret.ts';
import { type SignedHeaders, sign } from './sign.ts';
import { type Distrust, verify } from './verify.ts';

type Headers = { get(name: string): string | null };

/** Goes along with a question: its answer is to be signed in the form that no question has. */
export const directedHeader = { name: 'everypod-answer', value: 'directed' } as const;
export const askDirected = { [directedHeader.name]: directedHeader.value } as const;

export function asksDirected(headers: Headers): boolean {
  return headers.get(directedHeader.name) === directedHeader.value;
}

/** What a directed answer signs. No question signs such a text: a POST signs its JSON, a GET signs `GET /…`. */
export function answerBody(body: string | Uint8Array): string | Uint8Array {
  const line = 'ANSWER\n';
  return typeof body === 'string' ? line + body : Buffer.concat([Buffer.from(line), body]);
}

/** Signs an answer with the id of its question: directed where the question asks for it, else as 0.1.0 understands it. */
export function signAnswer(
  secrets: readonly Secret[],
  question: { id: string; headers: Headers },
  nowMs: number,
  body: string | Uint8Array,
): SignedHeaders {
  return sign(secrets, question.id, nowMs, asksDirected(question.headers) ? answerBody(body) : body);
}

/** Why an answer was not believed. */
export type AnswerDistrust =
  | Distrust
  /** What came back is what was sent, with its own signature. */
  | 'mirrored question'
  /** The signature would hold in the form of 0.1.0, and this peer has given the present one. */
  | 'former form';

export type VerifiedAnswer = { trusted: true } | { trusted: false; cause: AnswerDistrust };

type Asked = {
  /** Who was called; what was learned of one says nothing of another. */
  peer: string;
  secrets: readonly Secret[];
  /** The question's own id. */
  id: string;
  /** What the question signed. */
  signed: string | Uint8Array;
  nowMs: number;
};

/** Verifies answers, and remembers for this process's life which peers direct theirs. */
export type AnswerTrust = {
  verify(answer: { headers: Headers; body: Uint8Array }, asked: Asked): VerifiedAnswer;
};

export function createAnswerTrust({ most = limits.peersRemembered }: { most?: number } = {}): AnswerTrust {
  // Insertion order is the order in which they were heard last.
  const directing = new Set<string>();

  function remember(peer: string) {
    directing.delete(peer);
    directing.add(peer);
    for (const oldest of directing) {
      if (directing.size <= most) break;
      directing.delete(oldest);
    }
  }

  return {
    verify({ headers, body }, { peer, secrets, id, signed, nowMs }) {
      const directed = verify(secrets, headers, answerBody(body), nowMs, id);
      if (directed.trusted) {
        remember(peer);
        return { trusted: true };
      }
      if (directed.cause !== 'wrong signature') return directed;
      // The form of 0.1.0, which has no direction. The next minor version believes it no longer, and ends here.
      const former = verify(secrets, headers, body, nowMs, id);
      if (!former.trusted) return former;
      if (Buffer.from(signed).equals(body)) return { trusted: false, cause: 'mirrored question' };
      if (directing.has(peer)) return { trusted: false, cause: 'former form' };
      return { trusted: true };
    },
  };
}
