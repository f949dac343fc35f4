import { join } from 'node:path';
import { type Bridge, createBridge, watchReach } from '../bridges/bridge.ts';
import { type BridgeClient, createBridgeClient } from '../bridges/client.ts';
import { startService } from '../bridges/service.ts';
import { watchHead } from '../bridges/watch-head.ts';
import { limits } from '../limits.ts';
import { podService } from './cluster.ts';
import type { Ground } from './ground.ts';
import { type JournalPlace, openJournalPlace } from './journal.ts';

/** The bridges with their journal, and the ways to them. */
export type Bridges = {
  /** The first, or only one. */
  bridge: Bridge;
  bridges: Bridge[];
  client: BridgeClient;
  /** Where pods and senders look for a bridge. */
  bridgeUrl: string;
  journal: JournalPlace;
  /** Says by how many milliseconds the bridge's clock is off. */
  bridgeClockFile: string;
};

const clockShift = new URL('../clock/shift.mjs', import.meta.url).href;

/** Resolves once each is ready. `leave` gives up the ways to them, and leaves the bridges themselves running. */
export async function startBridges(
  ground: Ground,
  dns: string,
): Promise<Bridges & { leave(): Promise<void> }> {
  const { options, network, programs, chronicle, secrets } = ground;
  const { folder } = options;
  const journal = await openJournalPlace({ kind: options.journal, folder, network, programs });
  const bridgeClockFile = join(folder, 'bridge-clock');
  const bridges = createBridges(ground, { journal, dns, bridgeClockFile });
  for (const bridge of bridges) {
    if (!(await bridge.start())) {
      throw new Error(`The bridge did not start; see ${programs.logs}/${bridge.name}.log.`);
    }
  }
  const [bridge] = bridges;
  if (!bridge) throw new Error('A system has at least one bridge.');
  const service = await startService({ ip: network.serviceIp, port: network.bridgePort, bridges });
  // A single bridge is met at its own address, as soon as it listens.
  const url = bridges.length === 1 ? bridge.url : service.url;
  const client = createBridgeClient({
    url,
    secretFile: secrets.sender.path,
    deadlineMs: limits.reportDeadlineMs,
  });
  const stopWatchingReach = watchReach(url, chronicle);
  const stopWatchingHead = watchHead(client, chronicle);
  return {
    bridge,
    bridges,
    client,
    bridgeUrl: service.url,
    journal,
    bridgeClockFile,
    async leave() {
      stopWatchingReach();
      stopWatchingHead();
      await service.stop();
    },
  };
}

type Given = { journal: JournalPlace; dns: string; bridgeClockFile: string };

function createBridges(ground: Ground, { journal, dns, bridgeClockFile }: Given): Bridge[] {
  const { options, network, programs, secrets } = ground;
  const environment = {
    EVERYPOD_FAULTS_CLOCK_FILE: bridgeClockFile,
    ...options.bridgeEnvironment,
    NODE_OPTIONS: [`--import ${clockShift}`, options.bridgeEnvironment.NODE_OPTIONS].join(' '),
  };
  return Array.from({ length: journal.bridges }, (_, index) =>
    createBridge(
      {
        name: `bridge-${index}`,
        ip: network.bridgeIp(index),
        port: network.bridgePort,
        journal: journal.setting,
        podService: `http://${podService}:${network.podPort}/siteapi/revalidate`,
        podRange: network.podRange,
        dns,
        secretFile: secrets.sender.path,
        podSecretFile: secrets.pods.path,
        wordpress: `http://${network.senderIp}:${network.outboxPort}`,
        environment,
      },
      programs,
    ),
  );
}
