import { readJson } from '@everypod/contract';
import type { z } from 'zod';

/** Parses a trusted body; says what is wrong with one that is not the message. */
export function readMessage<T>(schema: z.ZodType<T>, body: Buffer): { message: T } | { wrong: string } {
  const read = readJson(body);
  if ('wrong' in read) return read;
  const parsed = schema.safeParse(read.json);
  if (parsed.success) return { message: parsed.data };
  const wrong = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  return { wrong: wrong.join('; ') };
}
