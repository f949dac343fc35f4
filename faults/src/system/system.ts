import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuiltApp } from '../../../pod/tests/next/surroundings/build.ts';
import { type Bridge, createBridge, watchReach } from '../bridges/bridge.ts';
import { type BridgeClient, createBridgeClient } from '../bridges/client.ts';
import { startService } from '../bridges/service.ts';
import { watchHead } from '../bridges/watch-head.ts';
import { type Chronicle, openChronicle } from '../chronicle/chronicle.ts';
import { watchStalls } from '../chronicle/stalls.ts';
import { type NameServer, startNameServer } from '../dns/server.ts';
import { createKubelet, type Kubelet } from '../kubelet/kubelet.ts';
import { limits } from '../limits.ts';
import { type Network, takeNetwork } from '../network.ts';
import { createNextPod, type NextPod } from '../next/next-pod.ts';
import { createOriginClient } from '../origin/client.ts';
import { createSite } from '../origin/site.ts';
import { createPrograms, type Programs } from '../processes/programs.ts';
import { createReaders, type Readers } from '../readers/readers.ts';
import { watchUse } from '../samples/watch.ts';
import { createRandom, type Random } from '../seed/random.ts';
import { type Build, takeBuild } from './builds.ts';
import { createHost, type Host } from './host.ts';
import { type JournalKind, type JournalPlace, openJournalPlace } from './journal.ts';
import { createPods, type Pods } from './pods.ts';
import { createSecretFile, type SecretFile } from './secret-files.ts';
import { createSenderProcess, type SenderProcess } from './sender-process.ts';

export type SystemOptions = {
  /** For chronicles, logs, journal, outbox and secrets. */
  folder: string;
  seed: string;
  pods: number;
  hosts: number;
  articles: number;
  savesPerSecond: number;
  probePeriodMs: number;
  boundMs: number;
  boundWithoutBridgeMs: number;
  journal: JournalKind;
  longRenderMs: number;
  deliveryDeadlineMs: number;
  bridgeEnvironment: Record<string, string>;
  hostEnvironment: Record<string, string>;
  /** By the number of the pod, from 0; what is real Next.js comes after all others. */
  podEnvironment: (pod: number) => Record<string, string>;
  /** One real Next.js pod is started of each. */
  nextApps: readonly BuiltApp[];
};

/** Everything that runs, and the ways to disturb it. */
export type System = {
  options: SystemOptions;
  network: Network;
  random: Random;
  chronicle: Chronicle;
  chronicles: string;
  programs: Programs;
  hosts: Host[];
  pods: Pods;
  nextPods: NextPod[];
  /** The first, or only one. */
  bridge: Bridge;
  bridges: Bridge[];
  client: BridgeClient;
  journal: JournalPlace;
  /** Where the journal's files are kept once all has ended. */
  journalAtEnd: string;
  /** Says by how many milliseconds the bridge's clock is off. */
  bridgeClockFile: string;
  nameServer: NameServer;
  kubelet: Kubelet;
  readers: Readers;
  sender: SenderProcess;
  secrets: { sender: SecretFile; pods: SecretFile };
  build(clockSkewMs?: number): Promise<Build>;
  /** Resolves once the next event is accepted. */
  nextAccepted(): Promise<void>;
  /** Events that were accepted since the last time this was asked. */
  acceptedIds(): string[];
  /** Pages that have changed since the last time this was asked. */
  changedPages(): string[];
  /** The build that the first pods were born from. */
  firstBuild: Build;
  stop(): Promise<void>;
};

const service = 'nextjs-headless.faults.svc.cluster.local';
const clockShift = new URL('../clock/shift.mjs', import.meta.url).href;
const originProgram = fileURLToPath(new URL('../origin/program.ts', import.meta.url));

/** Starts it all, the sender excepted. Of what failed to start nothing goes on running. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const programs = createPrograms(join(options.folder, 'logs'));
  try {
    return await startWith(programs, options);
  } catch (error) {
    await programs.stopAll();
    programs.close();
    throw error;
  }
}

async function startWith(programs: Programs, options: SystemOptions): Promise<System> {
  const { folder, articles, boundMs, probePeriodMs } = options;
  const network = await takeNetwork();
  const random = createRandom(options.seed);
  const chronicles = join(folder, 'chronicles');
  const chronicle = openChronicle(join(chronicles, 'harness.jsonl'));
  watchStalls('harness', chronicle);
  mkdirSync(join(folder, 'secrets'), { recursive: true });
  const secrets = {
    sender: createSecretFile(join(folder, 'secrets', 'sender')),
    pods: createSecretFile(join(folder, 'secrets', 'pods')),
  };

  const originUrl = `http://${network.originIp}:${network.podPort}`;
  await startAnswering(programs, [
    originProgram,
    network.originIp,
    String(network.podPort),
    String(articles),
  ]);
  const origin = createOriginClient(originUrl, limits.readDeadlineMs);

  const kubelet = createKubelet({
    port: network.podPort,
    chronicle,
    random: random.fork('kubelet'),
    probePeriodMs,
    becameReady: (ip) => readers.becameReady(ip),
  });
  const nextPods = options.nextApps.map((app, index) =>
    createNextPod({
      app,
      name: `next-${app.variant.next}`,
      ip: network.nextIp(index),
      port: network.podPort,
      originUrl,
      slowRenderMs: options.longRenderMs,
      environment: {
        EVERYPOD_BRIDGE_URL: `http://${options.journal.in === 'sqlite' ? network.bridgeIp(0) : network.serviceIp}:${network.bridgePort}`,
        EVERYPOD_POD_SECRET_FILE: secrets.pods.path,
        ...options.podEnvironment(options.pods + index),
      },
      programs,
      chronicle,
    }),
  );
  const nameServer = await startNameServer({
    ip: network.dnsIp,
    port: network.dnsPort,
    service,
    addresses: kubelet.readyIps,
    nobody: network.nobody,
  });
  const readers = createReaders({
    port: network.podPort,
    chronicle,
    random: random.fork('readers'),
    paths: createSite(articles).pages.map(({ path }) => path),
    readyIps: kubelet.readyIps,
    nextPods,
    boundMs,
  });

  const journal = await openJournalPlace({ kind: options.journal, folder, network, programs });
  const journalAtEnd = join(folder, 'journal-at-end');
  const bridgeClockFile = join(folder, 'bridge-clock');
  const bridges = Array.from({ length: journal.bridges }, (_, index) =>
    createBridge(
      {
        name: `bridge-${index}`,
        ip: network.bridgeIp(index),
        port: network.bridgePort,
        journal: journal.setting,
        podService: `http://${service}:${network.podPort}/siteapi/revalidate`,
        podRange: network.podRange,
        dns: nameServer.address,
        secretFile: secrets.sender.path,
        podSecretFile: secrets.pods.path,
        environment: {
          EVERYPOD_FAULTS_CLOCK_FILE: bridgeClockFile,
          ...options.bridgeEnvironment,
          NODE_OPTIONS: [`--import ${clockShift}`, options.bridgeEnvironment.NODE_OPTIONS].join(' '),
        },
      },
      programs,
    ),
  );
  for (const bridge of bridges) {
    if (!(await bridge.start())) {
      throw new Error(`The bridge did not start; see ${programs.logs}/${bridge.name}.log.`);
    }
  }
  const [bridge] = bridges;
  if (!bridge) throw new Error('A system has at least one bridge.');
  const bridgeService = await startService({ ip: network.serviceIp, port: network.bridgePort, bridges });
  // A single bridge is met at its own address, as soon as it listens.
  const bridgeUrl = bridges.length === 1 ? bridge.url : bridgeService.url;
  const client = createBridgeClient({
    url: bridgeUrl,
    secretFile: secrets.sender.path,
    deadlineMs: limits.reportDeadlineMs,
  });
  const stopWatching = watchReach(bridgeUrl, chronicle);
  const stopWatchingHead = watchHead(client, chronicle);

  const hosts = Array.from({ length: options.hosts }, (_, index) =>
    createHost({
      name: `host-${index}`,
      chronicle: join(chronicles, `host-${index}.jsonl`),
      seed: `${options.seed}/host-${index}`,
      programs,
      environment: options.hostEnvironment,
    }),
  );
  await Promise.all(hosts.map((host) => host.start()));
  const stopSampling = watchUse({ chronicle, bridges, hosts, nextPods, journalFile: journal.file });

  const pods = createPods({
    network,
    hosts,
    kubelet,
    chronicle,
    bridgeUrl: bridgeService.url,
    originUrl,
    secretFile: secrets.pods.path,
    articles,
    longRenderMs: options.longRenderMs,
    environmentOf: options.podEnvironment,
  });
  for (const pod of nextPods) {
    await pod.start();
    kubelet.watch(pod.ip);
  }
  const build = (clockSkewMs = 0) => takeBuild(origin, clockSkewMs);
  const firstBuild = await build();
  for (let count = 0; count < options.pods; count += 1) await pods.add(firstBuild);

  let accepted = Promise.withResolvers<void>();
  let changed = new Set<string>();
  const acceptedIds: string[] = [];
  const sender = createSenderProcess({
    programs,
    settings: {
      chronicle: join(chronicles, 'sender.jsonl'),
      outbox: join(folder, 'outbox.jsonl'),
      bridgeUrl: bridgeService.url,
      originUrl,
      secretFile: secrets.sender.path,
      articles,
      savesPerSecond: options.savesPerSecond,
      seed: options.seed,
      readReports: true,
      deliveryDeadlineMs: options.deliveryDeadlineMs,
    },
    heard(news) {
      if (news.news === 'saved') {
        readers.saved(news.paths);
        for (const path of news.paths.slice(0, limits.pagesPerVisit)) changed.add(path);
      }
      if (news.news === 'accepted') {
        acceptedIds.push(news.id);
        accepted.resolve();
        accepted = Promise.withResolvers<void>();
      }
    },
  });

  return {
    options,
    network,
    random,
    chronicle,
    chronicles,
    programs,
    hosts,
    pods,
    nextPods,
    bridge,
    bridges,
    client,
    journal,
    journalAtEnd,
    bridgeClockFile,
    nameServer,
    kubelet,
    readers,
    sender,
    secrets,
    build,
    firstBuild,
    nextAccepted: () => accepted.promise,
    acceptedIds: () => acceptedIds.splice(0),
    changedPages() {
      const pages = [...changed];
      changed = new Set();
      return pages;
    },
    async stop() {
      stopWatching();
      stopWatchingHead();
      await bridgeService.stop();
      stopSampling();
      readers.stop();
      kubelet.stop();
      await Promise.all(nextPods.map((pod) => pod.kill()));
      await programs.stopAll();
      await nameServer.stop();
      // Its disk goes away with the last of this run.
      journal.keep(journalAtEnd);
      programs.close();
      chronicle.close();
    },
  };
}

async function startAnswering(programs: Programs, args: string[]) {
  const running = programs.start({ name: 'origin', args, channel: true });
  const answered = Promise.withResolvers<void>();
  running.onMessage(() => answered.resolve());
  void running.ended.then(() => answered.reject(new Error('The origin did not start.')));
  await answered.promise;
}
