import { z } from 'zod';

/**
 * One of several kinds, told apart by their keys. A key that no kind has is ignored; a message with keys of two kinds, or
 * of none, is refused: stripped to one of them it would mean something else.
 * @param others keys of other messages, which this one must not be taken for
 */
export function oneKindOf<const Kinds extends readonly [z.ZodObject, ...z.ZodObject[]]>(
  kinds: Kinds,
  others: readonly string[] = [],
) {
  const known = [...kinds.flatMap(({ shape }) => Object.keys(shape)), ...others];
  const ofAnyKind = z.object(Object.fromEntries(known.map((key) => [key, z.unknown().optional()])));
  return ofAnyKind.pipe(z.union(kinds));
}
