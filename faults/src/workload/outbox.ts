import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const rowSchema = z.strictObject({
  id: z.string(),
  body: z.string(),
  targets: z.array(z.string()),
  effects: z.array(z.strictObject({ path: z.string(), version: z.int() })),
});
export type Row = z.infer<typeof rowSchema>;

const lineSchema = z.union([z.strictObject({ row: rowSchema }), z.strictObject({ accepted: z.string() })]);

/** The sender's outbox in a file: what is in it survives the sender, and waits until a bridge has accepted it. */
export type Outbox = {
  add(row: Row): void;
  accepted(id: string): void;
  waiting(): Row[];
  /** The newest version of each page that any row tells of. */
  told(): Map<string, number>;
};

export function openOutbox(path: string): Outbox {
  const waiting = new Map<string, Row>();
  const told = new Map<string, number>();

  function take(row: Row) {
    waiting.set(row.id, row);
    for (const effect of row.effects)
      told.set(effect.path, Math.max(effect.version, told.get(effect.path) ?? 0));
  }

  for (const line of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
    const read = parseLine(line);
    if (read === null) continue;
    if ('row' in read) take(read.row);
    else waiting.delete(read.accepted);
  }

  return {
    add(row) {
      appendFileSync(path, `${JSON.stringify({ row })}\n`);
      take(row);
    },
    accepted(id) {
      appendFileSync(path, `${JSON.stringify({ accepted: id })}\n`);
      waiting.delete(id);
    },
    waiting: () => [...waiting.values()],
    told: () => told,
  };
}

/** A sender that was killed may leave half a line behind; the sweep finds what it was about. */
function parseLine(line: string) {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
