import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Wish } from './arguments/arguments.ts';
import { openLedger } from './processes/ledger.ts';
import { createProcesses } from './processes/processes.ts';
import { screen } from './screen/screen.ts';
import { startAll } from './start-all.ts';
import { openState } from './state/state.ts';

/** Ignored by git. Builds are named by their content, so every state folder shares them. */
const usualState = join('.everypod', 'demo');
const builds = join('.everypod', 'builds');

/**
 * Runs everything until told to stop, or until WordPress ends by itself; then ends all that it has started.
 * @throws {Trouble} when something keeps it from running
 */
export async function runDemo(options: { root: string; wish: Wish; stop: AbortSignal }): Promise<void> {
  const { root, wish, stop } = options;
  const stopped = new Promise<void>((resolve) =>
    stop.addEventListener('abort', () => resolve(), { once: true }),
  );
  const state = await openState({ folder: wish.state ?? join(root, usualState), fresh: wish.fresh });
  const processes = createProcesses({ logs: state.logs, ledger: openLedger(state.processes) });
  const endings: (() => unknown)[] = [];
  try {
    const builtIn = join(root, builds);
    const running = startAll({
      root,
      builds: builtIn,
      wish,
      state,
      processes,
      endWith: (end) => endings.push(end),
    });
    await Promise.race([stopped, running]);
    if (stop.aborted) screen.say('\nStopping …');
  } finally {
    for (const end of endings.toReversed()) await end();
    await processes.stopAll();
    await rm(state.pods, { recursive: true, force: true });
    state.release();
  }
}
