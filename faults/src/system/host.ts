import { fileURLToPath } from 'node:url';
import { limits } from '../limits.ts';
import { doneSchema, type Order } from '../pods/commands.ts';
import type { Programs, Running } from '../processes/programs.ts';

const program = fileURLToPath(new URL('../pods/host.ts', import.meta.url));

/** A process that runs pods, as its parent sees it. */
export type Host = {
  name: string;
  /** A fault holds this host, and all that it runs; nothing else may be asked of it meanwhile. */
  taken: boolean;
  pid(): number;
  frozen(): boolean;
  start(): Promise<void>;
  /** Rejects when the host says no, or says nothing in time. */
  order(order: Order): Promise<string[]>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  kill(): Promise<void>;
};

type Options = {
  name: string;
  chronicle: string;
  seed: string;
  programs: Programs;
  environment: Record<string, string>;
};

export function createHost({ name, chronicle, seed, programs, environment }: Options): Host {
  const waiting = new Map<number, PromiseWithResolvers<string[]>>();
  let running: Running | null = null;
  let frozen = false;
  let count = 0;

  function expect(number: number, what: string): Promise<string[]> {
    const waited = Promise.withResolvers<string[]>();
    waiting.set(number, waited);
    const late = setTimeout(
      () => waited.reject(new Error(`${name} did not answer to ${what}.`)),
      limits.injectionMs,
    );
    return waited.promise.finally(() => {
      clearTimeout(late);
      waiting.delete(number);
    });
  }

  function answered(message: unknown) {
    const { number, ok, value } = doneSchema.parse(message);
    if (ok) waiting.get(number)?.resolve(value);
    else waiting.get(number)?.reject(new Error(value[0]));
  }

  return {
    name,
    taken: false,
    pid: () => (running?.runs() ? running.pid : 0),
    frozen: () => frozen,
    async start() {
      frozen = false;
      running = programs.start({ name, args: [program, name, chronicle, seed], environment, channel: true });
      running.onMessage(answered);
      await expect(0, 'its start');
    },
    order(order) {
      count += 1;
      const done = expect(count, order.do);
      running?.send({ number: count, order });
      return done;
    },
    signal(signal) {
      frozen = signal === 'SIGSTOP';
      running?.signal(signal);
    },
    async kill() {
      frozen = false;
      await running?.kill();
    },
  };
}
