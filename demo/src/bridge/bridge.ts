import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import type { Processes, RunningProcess } from '../processes/processes.ts';
import type { Secrets } from '../state/secrets.ts';
import { Trouble } from '../trouble.ts';

const program = fileURLToPath(new URL('../../../bridge/bin/everypod-bridge.mjs', import.meta.url));

export type Bridge = {
  url: string;
  running(): boolean;
  stop(): Promise<void>;
  /** Resolves once it takes events and whoever listens has been told. @throws {Trouble} when it does not come up */
  start(): Promise<void>;
  /** Called whenever it takes events again, brought back or started again by itself. */
  onBack(listener: () => unknown): void;
};

/**
 * The bridge as a process of its own, configured as in a cluster. One that ends by itself is started again, as a
 * Deployment does. Resolves once it takes events.
 */
export async function startBridge(options: {
  port: number;
  /** The headless Service's full name and the pods' port. */
  service: string;
  podPort: number;
  dns: string;
  /** Where the bridge fetches what waits, should WordPress' cron be dead. */
  wordpress: string;
  secrets: Secrets;
  journal: string;
  processes: Processes;
  onLine: (line: string) => void;
  /** Told in a sentence when it has ended by itself. */
  onEarlyEnd: (sentence: string) => void;
  changed: () => void;
}): Promise<Bridge> {
  const url = `http://127.0.0.1:${options.port}`;
  const environment = {
    EVERYPOD_LISTEN: `127.0.0.1:${options.port}`,
    EVERYPOD_PODS: `http://${options.service}:${options.podPort}/siteapi/revalidate`,
    EVERYPOD_POD_CIDRS: '127.0.0.0/8',
    EVERYPOD_DNS: options.dns,
    EVERYPOD_WORDPRESS: options.wordpress,
    EVERYPOD_SECRET: options.secrets.secret,
    EVERYPOD_POD_SECRET: options.secrets.podSecret,
    EVERYPOD_JOURNAL: `sqlite:${options.journal}`,
    EVERYPOD_LOG_LEVEL: 'info',
  };
  let current: RunningProcess | null = null;
  let starting: Promise<void> | null = null;
  let stopping: Promise<void> = Promise.resolve();
  let wanted = true;
  const listeners: (() => unknown)[] = [];

  const bringUp = async () => {
    if (current?.running()) return;
    // One that is on its way out still has the port.
    await stopping;
    if (!wanted) throw new Trouble(cutOffEarly);
    const running = options.processes.start({
      name: 'bridge',
      command: process.execPath,
      args: [program],
      environment,
      onLine: options.onLine,
    });
    current = running;
    const cutOff = async () => {
      await running.ended;
      // Stopped by us, its early end stays pending.
      if (current !== running) throw new Trouble(cutOffEarly);
      return running.earlyEnd;
    };
    try {
      await Promise.race([untilReady(url), cutOff()]);
    } catch (error) {
      // Neither one that has ended nor one that never took events may keep the next one from being started.
      if (current === running) current = null;
      await running.stop();
      options.changed();
      throw error;
    }
    running.earlyEnd.catch((error: Error) => startAgain(error, running));
    options.changed();
    for (const listener of listeners) await listener();
  };

  const startAgain = async (error: Error, ended: RunningProcess) => {
    if (current === ended) current = null;
    options.changed();
    options.onEarlyEnd(error.message);
    await delay(limits.bridgeRestartMs);
    // A second failure right away is told, and the wall has a button to try again.
    if (wanted) await start().catch((again: Error) => options.onEarlyEnd(again.message));
  };

  const start = async () => {
    wanted = true;
    starting ??= bringUp().finally(() => {
      starting = null;
    });
    await starting;
  };

  await start();
  return {
    url,
    running: () => current?.running() ?? false,
    start,
    stop: async () => {
      wanted = false;
      const running = current;
      current = null;
      stopping = running?.stop() ?? stopping;
      await stopping;
      await starting?.catch(() => {});
      options.changed();
    },
    onBack: (listener) => {
      listeners.push(listener);
    },
  };
}

const cutOffEarly = 'The bridge was cut off before it took events.';

async function untilReady(url: string): Promise<void> {
  const giveUpAt = Date.now() + limits.bridgeStartMs;
  while (Date.now() < giveUpAt) {
    const answer = await call(`${url}/readyz`, { timeoutMs: limits.bridgeLookTimeoutMs });
    if ('status' in answer && answer.status === 200) return;
    await delay(limits.bridgeLookMs);
  }
  throw new Trouble(`The bridge was not ready at ${url} within ${limits.bridgeStartMs / 1_000} s.`);
}
