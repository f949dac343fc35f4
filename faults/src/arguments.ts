import { parseArgs } from 'node:util';
import { z } from 'zod';
import { limits } from './limits.ts';

const number = (fallback: number) => z.coerce.number().positive().default(fallback);

const schema = z.strictObject({
  minutes: number(limits.shortMinutes),
  seed: z.string().min(1).default('1'),
  pods: number(50),
  hosts: number(4),
  /** Saves a second; by default more in long runs. */
  rate: z.coerce.number().positive().optional(),
  /** One bridge with SQLite, or two with Valkey. */
  journal: z.enum(['sqlite', 'valkey']).default('sqlite'),
  /** Only faults whose names contain this. */
  only: z.string().default(''),
  keep: z.boolean().default(false),
  /** Kills of the bridge instead of seeded faults. */
  kills: z.coerce.number().int().min(0).default(0),
  /** The broken variants instead of seeded faults. */
  inFlight: z.boolean().default(false),
  variants: z.boolean().default(false),
});
export type Arguments = z.infer<typeof schema>;

export class WrongArguments extends Error {
  override name = 'WrongArguments';
}

/** @throws {WrongArguments} with a sentence that says what is wrong */
export function readArguments(given: string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: given,
      options: {
        minutes: { type: 'string' },
        seed: { type: 'string' },
        pods: { type: 'string' },
        hosts: { type: 'string' },
        rate: { type: 'string' },
        journal: { type: 'string' },
        only: { type: 'string' },
        keep: { type: 'boolean' },
        kills: { type: 'string' },
        'in-flight': { type: 'boolean' },
        variants: { type: 'boolean' },
      },
    });
    const { 'in-flight': inFlight, ...rest } = values;
    return schema.parse({ ...rest, inFlight });
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new WrongArguments(
      `${why}\nUsage: npm run test:faults -- [--minutes N] [--seed S] [--pods N] [--hosts N] [--rate N] [--journal sqlite|valkey] [--only TEXT] [--keep] [--kills N] [--variants] [--in-flight]`,
    );
  }
}
