import { AsyncLocalStorage } from 'node:async_hooks';

type Options<Call> = {
  /** Called as a request ends that has called for something. */
  takeEffect: (calls: ReadonlyMap<string, Call>) => void | Promise<void>;
  /** Told of calls that the framework does not hear, because no request is open. */
  unheard: (keys: string[]) => void;
};

/** As Next.js hears calls that invalidate: only within a request's handler, or work after its answer, and as that ends. */
export function createHearing<Call>({ takeEffect, unheard }: Options<Call>) {
  const request = new AsyncLocalStorage<{ calls: Map<string, Call>; over: boolean }>();
  return {
    hear(key: string, call: Call) {
      const open = request.getStore();
      if (open === undefined || open.over) unheard([key]);
      else open.calls.set(key, call);
    },
    async duringRequest<T>(work: () => Promise<T>): Promise<T> {
      const open = { calls: new Map<string, Call>(), over: false };
      try {
        return await request.run(open, work);
      } finally {
        open.over = true;
        if (open.calls.size > 0) await takeEffect(open.calls);
      }
    },
  };
}
