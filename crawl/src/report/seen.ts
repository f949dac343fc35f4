import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Arguments } from '../arguments.ts';
import { seenFolder } from '../system/places.ts';
import { keysOf } from './keys.ts';
import type { Outcome } from './print.ts';

const actionSchema = z.strictObject({
  name: z.string(),
  way: z.string(),
  /** Numbers of pages; `needed` are those that changed and were made anew on some pod. */
  changed: z.int().min(0),
  stale: z.int().min(0),
  needed: z.int().min(0),
  needless: z.int().min(0),
  /** The changes that the events named, and their targets by kind. */
  sent: z.array(z.string()),
  named: z.string(),
  failed: z.boolean(),
});

const headSchema = z.strictObject({
  date: z.iso.date(),
  /** With its version, and what it ran on. */
  wordpress: z.string().min(1),
  next: z.union([z.literal(15), z.literal(16)]),
  by: z.enum(['keys', 'paths alone']),
  pods: z.int().min(1),
});

export type SeenAction = z.infer<typeof actionSchema>;
/** What one run over actions saw. */
export type Run = z.infer<typeof headSchema> & { actions: SeenAction[] };

export function runOf(
  outcomes: readonly Outcome[],
  { next, pods, pathsOnly }: Arguments,
  wordpress: string,
): Run {
  return {
    date: new Date().toISOString().slice(0, 10),
    wordpress,
    next,
    by: pathsOnly ? 'paths alone' : 'keys',
    pods,
    actions: outcomes.map((outcome) => {
      const { action, delivered, verdict, failed } = outcome;
      return {
        name: action.name,
        way: action.way,
        changed: verdict.changed.length,
        stale: verdict.stale.length,
        needed: verdict.needed.length,
        needless: verdict.needless.length,
        sent: delivered.events.map(({ change }) => change),
        named: keysOf(delivered),
        failed: failed !== undefined,
      };
    }),
  };
}

/** In the place of an earlier one of the same versions: a line on the run, and one on each action. */
export async function keepRun({ actions, ...head }: Run): Promise<void> {
  await mkdir(seenFolder, { recursive: true });
  const lines = [head, ...actions].map((line) => `${JSON.stringify(line)}\n`);
  await writeFile(join(seenFolder, `${nameOf(head)}.jsonl`), lines.join(''));
}

/** Those by keys first, of the oldest WordPress first. */
export async function keptRuns(): Promise<Run[]> {
  const files = (await readdir(seenFolder)).filter((name) => name.endsWith('.jsonl')).toSorted();
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(join(seenFolder, name), 'utf8');
      const [head, ...actions] = text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      return { ...headSchema.parse(head), actions: actions.map((action) => actionSchema.parse(action)) };
    }),
  );
}

function nameOf({ by, wordpress, next }: z.infer<typeof headSchema>): string {
  const version = /WordPress ([\w.-]+)/.exec(wordpress)?.[1] ?? wordpress.replace(/\W+/g, '-');
  return `${by.replace(' ', '-')}-wordpress-${version}-next-${next}`;
}
