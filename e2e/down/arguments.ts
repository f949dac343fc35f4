import { parseArgs } from 'node:util';
import { z } from 'zod';
import { limits } from './limits.ts';

const schema = z.strictObject({ minutes: z.coerce.number().positive().max(120).default(limits.minutes) });

/** @throws {Error} with a sentence that says what is wrong */
export function readArguments(given: string[]): z.infer<typeof schema> {
  try {
    return schema.parse(parseArgs({ args: given, options: { minutes: { type: 'string' } } }).values);
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${why}\nUsage: npm run test:down -- [--minutes N]`);
  }
}
