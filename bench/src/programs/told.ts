import { z } from 'zod';

/** What a program tells the bench: where it listens, and how much processor time it has used so far. */
export const toldSchema = z.union([
  z.strictObject({ listensAt: z.array(z.url()) }),
  z.strictObject({ cpuMicros: z.number() }),
]);
export type Told = z.infer<typeof toldSchema>;

/** For programs of the bench: says that they serve now. */
export function tellListening(listensAt: string[]): void {
  process.send?.({ listensAt } satisfies Told);
}
