import type { z } from 'zod';

/** Parses a trusted body; says what is wrong with one that is not the message. */
export function readMessage<T>(schema: z.ZodType<T>, body: Buffer): { message: T } | { wrong: string } {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return { wrong: 'The body is not JSON.' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { message: parsed.data };
  const wrong = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  return { wrong: wrong.join('; ') };
}
