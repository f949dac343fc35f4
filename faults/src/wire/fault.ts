import { z } from 'zod';

/** What a socket does instead of serving. */
export const wireFaultKinds = [
  'refuse',
  'accept nothing',
  'drip head',
  'drip body',
  'close mid-body',
  'redirect 302',
  'redirect 307',
  '500 then 200',
  '429',
  'endless body',
  'bad JSON',
  'bad JSON, signed',
  'answer for another id',
  'mirror',
  'a number above all, signed',
  'another service',
  'lost answer',
  'slow',
] as const;
export type WireFaultKind = (typeof wireFaultKinds)[number];

export const wireFaultSchema = z.strictObject({
  kind: z.enum(wireFaultKinds),
  /** Only pushes meet it, or every connection, probes and readers too. */
  scope: z.enum(['pushes', 'all']),
  /** For `500 then 200`: how many are answered 500. For `slow`: the delay in milliseconds. */
  amount: z.int(),
});
export type WireFault = z.infer<typeof wireFaultSchema>;

/** For 429: the header as it is sent, one after the other; null for none. */
export const retryAfters = [
  null,
  '',
  '0',
  '1',
  '-5',
  '2.5',
  '99999999999',
  '1e3',
  'soon',
  'Wed, 21 Oct 2015 07:28:00 GMT',
  'Fri, 31 Dec 2399 23:59:59 GMT',
] as const;
