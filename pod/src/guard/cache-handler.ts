import { type WithFormer, withFormer } from './former.ts';
import { type GuardOptions, guard } from './handler.ts';
import { ownCacheOfNext } from './inner.ts';
import type { Handler, HandlerClass, HandlerContext } from './next-cache.ts';

let known: (new (context: HandlerContext) => WithFormer) | undefined;

/** Looked for when the first request comes: by then Next.js has loaded its own. */
class Own {
  constructor(context: HandlerContext) {
    known ??= withFormer(ownCacheOfNext());
    // biome-ignore lint/correctness/noConstructorReturn: The guard makes an inner handler by `new`, of whichever class.
    return new known(context);
  }
}

/** For `cacheHandler` in next.config: Next.js's own cache, guarded. */
export default guard(Own as unknown as HandlerClass);
export { type GuardOptions, guard, type Handler, type HandlerClass };
