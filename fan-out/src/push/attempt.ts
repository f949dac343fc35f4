import type { PushAnswer } from '@everypod/contract';

/** What one push to one pod came to. */
export type Attempt = {
  /** `told`: it answered 2xx to a call that moves no cursor. */
  state: 'applied' | 'behind' | 'refused' | 'failed' | 'unreachable' | 'told';
  /** A sentence that a person can act on; also beside `applied`, when some targets could not be invalidated. */
  reason?: string;
  /** Only when the pod's signed answer was read to its end and understood. */
  answer?: PushAnswer;
  /** True when the pod said, with such an answer, that it speaks the second protocol. */
  speaksSecond?: true;
  /** True when the connection was refused: the address exists, and nothing listens there. */
  notListening?: true;
  /** Of HTTP, where there was an answer. */
  status?: number;
  /** True when the same push may do better later. */
  retry: boolean;
  /** How long the pod asked to be left alone. */
  retryAfterMs?: number;
};
