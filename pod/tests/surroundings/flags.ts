import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { limits } from '../../../bridge/src/limits.ts';
import {
  afterThisTest,
  podSecret,
  type Started,
  startBridge,
  startWorld,
  temporaryFolder,
  type World,
} from '../../../bridge/tests/harness.ts';
import { type Project, type Running, start } from './installed.ts';

export type Held = { process: string; flags: Record<string, boolean>; loadedAt: string | null };

/** One of the servers in docs/examples/flags, as a process of its own. */
export type FlagServer = Running & {
  ip: string;
  url: string;
  held(): Promise<Held>;
  /** As kubelet probes: resolves once the pod is ready. */
  untilReady(): Promise<void>;
};

export type FlagWorld = {
  world: World;
  bridge: Started;
  /** What all the servers load their flags from. */
  set(flags: Record<string, boolean>): void;
  /** Starts a server at 127.0.0.`last` and lists it, with those before it. */
  add(last: number, program?: string): Promise<FlagServer>;
};

/** A real bridge and a DNS server, a file of flags, and no servers yet. */
export async function startFlagWorld(project: Project): Promise<FlagWorld> {
  const world = await startWorld();
  const bridge = await startBridge(world, { limits, pushDeadlineMs: 5_000 });
  const file = join(temporaryFolder(), 'flags.json');
  const listed: string[] = [];
  return {
    world,
    bridge,
    set: (flags) => writeFileSync(file, JSON.stringify(flags)),
    async add(last, program = 'node') {
      const ip = `127.0.0.${last}`;
      const running = start(project, `examples/flags/${program}.mjs`, {
        PORT: String(world.port),
        POD_IP: ip,
        POD_NAME: `${program}-${last}`,
        FLAGS_FILE: file,
        EVERYPOD_BRIDGE_URL: bridge.url,
        EVERYPOD_POD_SECRET: podSecret,
        EVERYPOD_START_LIMIT_SECONDS: '3600',
      });
      afterThisTest(() => running.stop());
      const url = `http://${ip}:${world.port}`;
      await untilItListens(url, running);
      world.list([...listed, ip]);
      listed.push(ip);
      return {
        ...running,
        ip,
        url,
        held: async () => (await (await fetch(`${url}/flags`)).json()) as Held,
        untilReady: () =>
          vi.waitFor(
            async () => {
              const answer = await fetch(`${url}/siteapi/ready`);
              expect(answer.status, await answer.text()).toBe(200);
            },
            { timeout: 15_000, interval: 100 },
          ),
      };
    },
  };
}

export function untilItListens(url: string, running: Running): Promise<void> {
  return vi.waitFor(
    async () => {
      if (running.process.exitCode !== null) throw new Error(running.output());
      await fetch(url);
    },
    { timeout: 15_000, interval: 50 },
  );
}
