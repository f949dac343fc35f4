import { z } from 'zod';

/** RFC 9457. `type` is stable; `detail` says what to do. */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

const titles = {
  unauthorized: [401, 'The signature was not accepted'],
  'bad-request': [400, 'The message is not well formed'],
  'unknown-event': [404, 'No event has this id'],
  'unknown-route': [404, 'There is nothing at this address'],
  'method-not-allowed': [405, 'This address does not take that method'],
  'id-reused': [409, 'This id was used for another message'],
  'too-large': [413, 'The message is too large'],
  internal: [500, 'Something went wrong here'],
  'journal-unavailable': [503, 'The journal cannot be written'],
  stopping: [503, 'This bridge is stopping'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemName = keyof typeof titles;
export const problemNames = Object.keys(titles);

/** One problem, ready to be sent as `application/problem+json`. */
export function problem(name: ProblemName, detail: string): Problem {
  const [status, title] = titles[name];
  return { type: `urn:everypod:problem:${name}`, title, status, detail };
}
