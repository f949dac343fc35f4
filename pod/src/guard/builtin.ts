/** A module of Node.js. Undefined on the edge, and before Node.js 20.16. */
export function builtin(id: string): unknown {
  if (process.env.NEXT_RUNTIME === 'edge') return undefined;
  return process.getBuiltinModule?.(id);
}
