import { parseArgs } from 'node:util';
import { z } from 'zod';

const schema = z.strictObject({
  /** Only actions whose subject, name or way contain one of these, with `|` between them. */
  only: z.string().default(''),
  /** A dozen of them. */
  short: z.boolean().default(false),
  next: z
    .enum(['15', '16'])
    .default('16')
    .transform((version): 15 | 16 => (version === '15' ? 15 : 16)),
  pods: z.coerce.number().int().min(1).max(5).default(2),
  /** Pods make what has expired by themselves too, before anybody reads it. */
  visits: z.boolean().default(false),
  /** With the plugin's keys switched off. */
  pathsOnly: z.boolean().default(false),
  /** A core from npm: 6.6 or 6.7. */
  core: z.enum(['beta', 'nightly']).nullable().default(null),
  /** Writes down what each action came to, as a document. */
  matrix: z.boolean().default(false),
  /** Shows in which lines a stale page differs. */
  lines: z.boolean().default(false),
  /** A folder or a zip with WordPress; null for the one that comes from npm. */
  wordpressCore: z.string().min(1).nullable(),
});
export type Arguments = z.infer<typeof schema>;

export class WrongArguments extends Error {
  override name = 'WrongArguments';
}

const usage =
  'Usage: npm run crawl -- [--only TEXT] [--short] [--next 15|16] [--pods N] [--paths-only] [--core beta|nightly] [--visits] [--matrix] [--lines]; WORDPRESS_CORE=DIR-or-zip runs another WordPress';

/** @throws {WrongArguments} with a sentence that says what is wrong */
export function readArguments(given: string[], environment: Record<string, string | undefined>): Arguments {
  try {
    const { values } = parseArgs({
      args: given,
      options: {
        only: { type: 'string' },
        short: { type: 'boolean' },
        next: { type: 'string' },
        pods: { type: 'string' },
        'paths-only': { type: 'boolean' },
        core: { type: 'string' },
        matrix: { type: 'boolean' },
        visits: { type: 'boolean' },
        lines: { type: 'boolean' },
      },
    });
    const { 'paths-only': pathsOnly, ...rest } = values;
    return schema.parse({
      ...rest,
      ...(pathsOnly !== undefined && { pathsOnly }),
      wordpressCore: environment.WORDPRESS_CORE || null,
    });
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new WrongArguments(`${why}\n${usage}`);
  }
}
