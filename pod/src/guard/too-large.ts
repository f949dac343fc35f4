import { limits } from '../limits.ts';
import type { HandlerContext, SetContext, Value } from './next-cache.ts';

/** Next.js keeps its limit only where no cache handler is set. */
export function isTooLarge(value: Value | null, context: SetContext, { dev }: HandlerContext): boolean {
  if (!context.fetchCache || context.isImplicitBuildTimeCache || value === null) return false;
  const bytes = JSON.stringify(value).length;
  if (bytes <= limits.fetchBytesAtMost) return false;
  const warning = `Failed to set Next.js data cache for ${context.fetchUrl ?? 'an entry'}, items over 2MB can not be cached (${bytes} bytes)`;
  if (dev) throw new Error(warning);
  console.warn(warning);
  return true;
}
