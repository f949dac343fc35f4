import { parseArgs } from 'node:util';
import { z } from 'zod';
import { limits } from '../limits.ts';

/** What the user asked for, read from the command line and the environment. */
export type Wish = {
  pods: number;
  /** The first of the demo's ports; null when any will do. */
  portBase: number | null;
  /** Empty the state folder first. */
  fresh: boolean;
  /** Where to write the addresses as JSON, once everything answers. */
  readyFile: string | null;
  /** The state folder; null for the usual one. */
  state: string | null;
  /** A folder or a zip with WordPress; null for the one that comes from npm. */
  wordpressCore: string | null;
  /** A server's `DB_HOST`, with an empty database `wordpress` and a `root` without a password; null for SQLite. */
  databaseHost: string | null;
  /** A folder with another front end than the demo's blog, made like it; null for that. */
  blog: string | null;
  /** The folder of another Next.js than the repository's to build it with; null for that. */
  next: string | null;
  /** Which runtime runs WordPress; null when the demo may choose. */
  runtime: 'playground' | 'native' | null;
  /** How many requests native PHP answers at once; null for the demo's own number. */
  wordpressWorkers: number | null;
};

export const usage = `npm start -- [options]

  --ready-file FILE  write addresses and secrets as JSON to FILE, once everything answers
  --pods N           start N Next.js pods instead of 3
  --port-base N      use the ports from N on for WordPress, bridge, wall, balancer and DNS
  --fresh            forget everything from earlier starts
  --state DIR        keep state in DIR instead of .everypod/demo
  --help             show this

  WORDPRESS_CORE=DIR-or-zip               run this WordPress
  WORDPRESS_DB_HOST=HOST                  keep it in the database \`wordpress\`, empty at first, of this MariaDB or MySQL, whose
                                          \`root\` has no password
  EVERYPOD_BLOG=DIR                       build the pods from this copy of demo/blog
  EVERYPOD_NEXT=DIR                       build them with the Next.js in this folder
  WORDPRESS_RUNTIME=native|playground     run it with this machine's PHP, or with Playground
  WORDPRESS_WORKERS=N                     let native PHP answer N requests at once instead of ${limits.wordpressWorkers}
`;

const wholeNumber = (name: string, least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `${name} takes a whole number`)
    .transform(Number)
    .refine((n) => n >= least && n <= most, `${name} takes a number from ${least} to ${most}`);

const schema = z.object({
  pods: wholeNumber('--pods', 1, limits.podsAtMost).default(3),
  'port-base': wholeNumber('--port-base', 1024, 65_000).optional(),
  fresh: z.boolean().default(false),
  'ready-file': z.string().min(1, '--ready-file takes the name of a file').optional(),
  state: z.string().min(1, '--state takes the name of a folder').optional(),
  WORDPRESS_CORE: z.string().optional(),
  WORDPRESS_DB_HOST: z.string().optional(),
  EVERYPOD_BLOG: z.string().optional(),
  EVERYPOD_NEXT: z.string().optional(),
  WORDPRESS_RUNTIME: z
    .enum(['native', 'playground', ''], 'WORDPRESS_RUNTIME is native or playground, or not set')
    .optional(),
  WORDPRESS_WORKERS: z.preprocess(
    (text) => text || undefined,
    wholeNumber('WORDPRESS_WORKERS', 1, limits.wordpressWorkersAtMost).optional(),
  ),
});

export type ReadArguments = { wish: Wish } | { help: true } | { wrong: string[] };

/** Reads arguments and environment. Wrong ones are told all at once, each by its name. */
export function readArguments(
  args: string[],
  environment: Record<string, string | undefined>,
): ReadArguments {
  let values: Record<string, unknown>;
  try {
    values = parseArgs({
      args,
      options: {
        pods: { type: 'string' },
        'port-base': { type: 'string' },
        fresh: { type: 'boolean' },
        'ready-file': { type: 'string' },
        state: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    return { wrong: [error instanceof Error ? error.message : String(error)] };
  }
  if (values.help) return { help: true };
  const named = Object.keys(schema.shape).filter((name) => name in environment);
  const read = schema.safeParse({
    ...values,
    ...Object.fromEntries(named.map((name) => [name, environment[name]])),
  });
  if (!read.success) return { wrong: read.error.issues.map((issue) => issue.message) };
  const { data } = read;
  return {
    wish: {
      pods: data.pods,
      portBase: data['port-base'] ?? null,
      fresh: data.fresh,
      readyFile: data['ready-file'] ?? null,
      state: data.state ?? null,
      wordpressCore: data.WORDPRESS_CORE || null,
      databaseHost: data.WORDPRESS_DB_HOST || null,
      blog: data.EVERYPOD_BLOG || null,
      next: data.EVERYPOD_NEXT || null,
      runtime: data.WORDPRESS_RUNTIME || null,
      wordpressWorkers: data.WORDPRESS_WORKERS ?? null,
    },
  };
}
