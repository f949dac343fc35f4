import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { limits } from '../limits.ts';
import type { Namespace } from '../namespaces.ts';
import type { Answer, Question } from './question.ts';

const program = fileURLToPath(new URL('call.ts', import.meta.url));

/** Somebody inside a namespace who makes calls from there, as this process can't. */
export type Caller = {
  call(url: string, options?: Partial<Question['options']>): Promise<Answer>;
  /** @throws unless it is answered by 2xx */
  json<T>(url: string, options?: Partial<Question['options']>): Promise<T>;
  stop(): Promise<void>;
};

export function startCaller(namespace: Namespace): Caller {
  // The channel's own variable has to come through, so this one is started with our environment.
  const child = spawn('ip', ['netns', 'exec', namespace.name, process.execPath, program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  child.on('message', ({ number, ...answer }: Answer & { number: number }) => waiting.get(number)?.(answer));
  child.on('exit', () => {
    for (const answer of waiting.values()) answer({ unanswered: 'The caller itself has ended.' });
  });

  const call: Caller['call'] = async (url, options = {}) => {
    asked += 1;
    const number = asked;
    const answered = new Promise<Answer>((resolve) => waiting.set(number, resolve));
    child.send({ number, url, options: { timeoutMs: limits.answerMs, ...options } } satisfies Question);
    const answer = await answered;
    waiting.delete(number);
    return answer;
  };
  return {
    call,
    json: async (url, options) => {
      const answer = await call(url, options);
      if ('unanswered' in answer) throw new Error(answer.unanswered);
      if (answer.status < 200 || answer.status > 299) {
        throw new Error(`${url.split('?')[0]} answered ${answer.status}: ${answer.body}`);
      }
      return JSON.parse(answer.body);
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
