import type { RunningProcess } from '../processes/processes.ts';
import { Trouble } from '../trouble.ts';
import { untilAnswering } from './install.ts';

/** WordPress's process, which can be ended and started again at the same address with the same content. */
export type WordPressServer = {
  /** Whether it answers: its process alone takes no save yet. */
  running(): boolean;
  /** Ends it without warning, as a crash does. Resolves once it is gone. */
  stop(): Promise<void>;
  /** Resolves once it answers. @throws {Trouble} when it does not come up */
  start(): Promise<void>;
  /** Rejects when the process ends by itself. */
  earlyEnd: Promise<never>;
};

export async function startServer(options: {
  url: string;
  serve: () => Promise<RunningProcess>;
  changed: () => void;
}): Promise<WordPressServer> {
  const { url, serve, changed } = options;
  const { promise: earlyEnd, reject } = Promise.withResolvers<never>();
  // Nobody has to wait for it while WordPress is still being started.
  earlyEnd.catch(() => {});
  let current: RunningProcess | null = null;
  let answers = false;
  let starting: Promise<void> | null = null;

  const bringUp = async () => {
    if (current?.running()) return;
    const running = await serve();
    current = running;
    answers = false;
    running.earlyEnd.catch(reject);
    const cutOff = async () => {
      await running.ended;
      // Stopped by us, its early end stays pending.
      if (current !== running) throw new Trouble('WordPress was stopped before it answered.');
      return running.earlyEnd;
    };
    await Promise.race([untilAnswering(url), cutOff()]);
    answers = true;
    changed();
  };

  const start = async () => {
    starting ??= bringUp().finally(() => {
      starting = null;
    });
    await starting;
  };

  await start();
  return {
    running: () => answers && (current?.running() ?? false),
    start,
    stop: async () => {
      const running = current;
      current = null;
      await running?.kill();
      await starting?.catch(() => {});
      changed();
    },
    earlyEnd,
  };
}
