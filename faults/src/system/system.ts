import { join } from 'node:path';
import type { NextPod } from '../next/next-pod.ts';
import { createPrograms, type Programs } from '../processes/programs.ts';
import { watchUse } from '../samples/watch.ts';
import { type Bridges, startBridges } from './bridges.ts';
import { type Build, takeBuild } from './builds.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { type Ground, takeGround } from './ground.ts';
import type { Host } from './host.ts';
import { startHosts } from './hosts.ts';
import { createNews, type News } from './news.ts';
import { createNextPods } from './next-pods.ts';
import type { SystemOptions } from './options.ts';
import { startOriginProcess } from './origin-process.ts';
import { createPods, type Pods } from './pods.ts';
import { createSenderProcess, type SenderProcess } from './sender-process.ts';

/** Everything that runs, and the ways to disturb it. */
export type System = Ground &
  Cluster &
  Bridges &
  News & {
    hosts: Host[];
    pods: Pods;
    nextPods: NextPod[];
    sender: SenderProcess;
    build(clockSkewMs?: number): Promise<Build>;
    /** The build that the first pods were born from. */
    firstBuild: Build;
    /** Where the journal's files are kept once all has ended. */
    journalAtEnd: string;
    stop(): Promise<void>;
  };

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
  const ground = await takeGround(programs, options);
  const origin = await startOriginProcess(ground);
  const nextPods = createNextPods(ground, origin.url);
  const cluster = await startCluster(ground, nextPods);
  const { leave: leaveBridges, ...bridges } = await startBridges(ground, cluster.nameServer.address);
  const hosts = await startHosts(ground);
  const { chronicle } = ground;
  const { file, valkey } = bridges.journal;
  const journal = { file, kind: valkey === null ? ('journal' as const) : ('valkey' as const) };
  const stopSampling = watchUse({ chronicle, bridges: bridges.bridges, hosts, nextPods, journal });

  const ways = { bridgeUrl: bridges.bridgeUrl, originUrl: origin.url };
  const pods = podsOf(ground, cluster, hosts, ways);
  const build = (clockSkewMs = 0) => takeBuild(origin.client, clockSkewMs);
  await startNextPods(nextPods, ground, cluster);
  const firstBuild = await build();
  for (let count = 0; count < options.pods; count += 1) await pods.add(firstBuild);

  const { heard, ...news } = createNews(cluster.readers);
  const sender = senderOf(ground, ways, heard);
  const journalAtEnd = join(options.folder, 'journal-at-end');

  return {
    ...ground,
    ...cluster,
    ...bridges,
    ...news,
    hosts,
    pods,
    nextPods,
    sender,
    build,
    firstBuild,
    journalAtEnd,
    async stop() {
      await leaveBridges();
      stopSampling();
      cluster.readers.stop();
      cluster.kubelet.stop();
      await Promise.all(nextPods.map((pod) => pod.kill()));
      await programs.stopAll();
      await cluster.nameServer.stop();
      // Its disk goes away with the last of this run.
      bridges.journal.keep(journalAtEnd);
      programs.close();
      chronicle.close();
    },
  };
}

/** Where bridge and origin are met. */
type Ways = { bridgeUrl: string; originUrl: string };

function podsOf(ground: Ground, { kubelet }: Cluster, hosts: readonly Host[], ways: Ways): Pods {
  const { options, network, chronicle, secrets } = ground;
  return createPods({
    ...ways,
    network,
    hosts,
    kubelet,
    chronicle,
    secretFile: secrets.pods.path,
    articles: options.articles,
    longRenderMs: options.longRenderMs,
    guarded: options.guarded,
    environmentOf: options.podEnvironment,
  });
}

async function startNextPods(nextPods: readonly NextPod[], { secrets }: Ground, { kubelet }: Cluster) {
  for (const pod of nextPods) {
    await pod.start();
    kubelet.watch(pod.ip, secrets.pods.current);
  }
}

function senderOf(
  { options, network, programs, chronicles, secrets }: Ground,
  ways: Ways,
  heard: ReturnType<typeof createNews>['heard'],
): SenderProcess {
  return createSenderProcess({
    programs,
    settings: {
      ...ways,
      chronicle: join(chronicles, 'sender.jsonl'),
      outbox: join(options.folder, 'outbox.jsonl'),
      outboxIp: network.senderIp,
      outboxPort: network.outboxPort,
      secretFile: secrets.sender.path,
      articles: options.articles,
      savesPerSecond: options.savesPerSecond,
      seed: options.seed,
      readReports: true,
      deliveryDeadlineMs: options.deliveryDeadlineMs,
    },
    heard,
  });
}
