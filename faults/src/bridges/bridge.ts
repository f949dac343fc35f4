import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Chronicle } from '../chronicle/chronicle.ts';
import { monotonicMs } from '../chronicle/clock.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import type { Programs, Running } from '../processes/programs.ts';

const program = fileURLToPath(new URL('../../../bridge/bin/everypod-bridge.mjs', import.meta.url));

export type BridgeSettings = {
  name: string;
  ip: string;
  port: number;
  journal: string;
  podService: string;
  podRange: string;
  dns: string;
  secretFile: string;
  podSecretFile: string;
  /** Whose outbox it looks into; empty for none. */
  wordpress: string;
  /** For clocks, for broken variants: given to the process as it starts. */
  environment: Record<string, string>;
};

/** A real bridge, as a process. A Deployment starts it again when it ends; so does this one, unless it is held down. */
export type Bridge = {
  name: string;
  url: string;
  pid(): number;
  settings: BridgeSettings;
  /** Resolves once it is ready, or after the time that a program gets to start. */
  start(): Promise<boolean>;
  kill(): Promise<void>;
  stop(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  ready(): Promise<boolean>;
};

export function createBridge(settings: BridgeSettings, programs: Programs): Bridge {
  const url = `http://${settings.ip}:${settings.port}`;
  let running: Running | null = null;

  async function ready() {
    const { status } = await call({ url: `${url}/readyz`, deadlineMs: limits.reachDeadlineMs });
    return status === 200;
  }

  return {
    name: settings.name,
    url,
    settings,
    pid: () => (running?.runs() ? running.pid : 0),
    ready,
    async start() {
      const giveUpAt = monotonicMs() + limits.programStartMs;
      while (monotonicMs() < giveUpAt) {
        // One that ended is started again, as a Deployment does.
        if (!running?.runs()) {
          running = runBridge(settings, programs);
        }
        if (await ready()) return true;
        await sleep(limits.heartbeatMs);
      }
      return false;
    },
    kill: async () => running?.kill(),
    stop: async () => running?.stop(limits.programStopMs),
    signal: (signal) => running?.signal(signal),
  };
}

/** Starts it once, whatever becomes of it. */
export function runBridge(settings: BridgeSettings, programs: Programs): Running {
  return programs.start({ name: settings.name, args: [program], environment: environmentOf(settings) });
}

function environmentOf(settings: BridgeSettings): Record<string, string> {
  return {
    EVERYPOD_LISTEN: `${settings.ip}:${settings.port}`,
    EVERYPOD_PODS: settings.podService,
    EVERYPOD_POD_CIDRS: settings.podRange,
    EVERYPOD_DNS: settings.dns,
    EVERYPOD_SECRET_FILE: settings.secretFile,
    EVERYPOD_POD_SECRET_FILE: settings.podSecretFile,
    EVERYPOD_JOURNAL: settings.journal,
    EVERYPOD_WORDPRESS: settings.wordpress,
    EVERYPOD_OUTBOX_SECONDS: String(limits.outboxEverySeconds),
    ...settings.environment,
  };
}

/** Writes down whenever it changes whether a bridge can be reached where pods and senders look for one. */
export function watchReach(url: string, chronicle: Chronicle): () => void {
  let last: boolean | null = null;
  let stopped = false;
  const watch = async () => {
    while (!stopped) {
      const from = monotonicMs();
      const { status } = await call({ url: `${url}/readyz`, deadlineMs: limits.reachDeadlineMs });
      const inReach = status === 200;
      // A bridge is out of reach from the first question that it did not answer.
      if (inReach !== last) chronicle.note({ what: 'reach', inReach, at: inReach ? monotonicMs() : from });
      last = inReach;
      await sleep(limits.reachPeriodMs);
    }
  };
  void watch();
  return () => {
    stopped = true;
  };
}
