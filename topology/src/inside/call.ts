import { call } from '../../../demo/src/outbound.ts';
import type { Question } from './question.ts';

// A program: it runs inside a namespace, and calls from there whatever it is told to over the channel to its parent.
process.on('message', async ({ number, url, options }: Question) => {
  const answer = await call(url, options);
  process.send?.(
    'unanswered' in answer
      ? { number, ...answer }
      : { number, status: answer.status, body: answer.body.toString('utf8') },
  );
});
process.on('disconnect', () => process.exit(0));
