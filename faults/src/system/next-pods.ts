import { createNextPod, type NextPod } from '../next/next-pod.ts';
import type { Ground } from './ground.ts';

/** One real Next.js pod for each app that was built. */
export function createNextPods(ground: Ground, originUrl: string): NextPod[] {
  const { options, network, programs, chronicle, secrets } = ground;
  const bridgeIp = options.journal.in === 'sqlite' ? network.bridgeIp(0) : network.serviceIp;
  return options.nextApps.map((app, index) =>
    createNextPod({
      app,
      name: `next-${app.variant.next}`,
      ip: network.nextIp(index),
      port: network.podPort,
      originUrl,
      slowRenderMs: options.longRenderMs,
      secrets: secrets.pods.current,
      environment: {
        EVERYPOD_BRIDGE_URL: `http://${bridgeIp}:${network.bridgePort}`,
        EVERYPOD_POD_SECRET_FILE: secrets.pods.path,
        ...options.podEnvironment(options.pods + index),
      },
      programs,
      chronicle,
    }),
  );
}
