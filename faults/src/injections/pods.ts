import { setTimeout as sleep } from 'node:timers/promises';
import { readyPath } from '../kubelet/kubelet.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import { type Injection, nothingToUndo } from './injection.ts';
import { takeHost, takePod } from './victim.ts';

/** Pods that end, begin, and begin again. */
export const podInjections: Injection[] = [
  {
    name: 'pod: killed, and restarted at the same IP',
    async inject(system, random) {
      const { pod, release } = takePod(system, random);
      await system.pods.kill(pod);
      return {
        on: pod.name,
        async undo() {
          await system.pods.restart(pod);
          release();
        },
      };
    },
  },
  {
    name: 'pod: restarted in a blink',
    async inject(system, random) {
      const { pod, release } = takePod(system, random);
      await system.pods.kill(pod);
      await system.pods.restart(pod);
      release();
      return { on: pod.name, undo: nothingToUndo };
    },
  },
  {
    name: 'A3 pod: its readiness route is visited all the while',
    async inject(system, random) {
      const { pod, release } = takePod(system, random);
      const url = `http://${pod.ip}:${system.network.podPort}${readyPath}`;
      const visited = { enough: false };
      const visit = async () => {
        while (!visited.enough) {
          await call({ url, deadlineMs: limits.probeDeadlineMs });
          await sleep(limits.heartbeatMs);
        }
      };
      const visits = visit();
      return {
        on: pod.name,
        async undo() {
          visited.enough = true;
          await visits;
          release();
        },
      };
    },
  },
  {
    name: 'pod: born from the oldest build',
    async inject(system, random) {
      const { pod, release } = takePod(system, random);
      await system.pods.kill(pod);
      await system.pods.restart(pod, system.firstBuild);
      release();
      return { on: pod.name, undo: nothingToUndo };
    },
  },
  {
    name: 'pod: rolled out from a build of a machine whose clock is off',
    async inject(system, random) {
      const { pod, release } = takePod(system, random);
      const build = await system.build(random.pick([-limits.clockOffMs, 0, limits.clockOffMs]));
      await system.pods.kill(pod);
      await system.pods.restart(pod, build);
      release();
      return { on: pod.name, undo: nothingToUndo };
    },
  },
  {
    name: 'pod: of unknown build time',
    async inject(system, random) {
      const { pod, release } = takePod(system, random);
      await system.pods.kill(pod);
      await system.pods.restart(pod, { ...system.firstBuild, builtAt: null });
      release();
      return { on: pod.name, undo: nothingToUndo };
    },
  },
  {
    name: 'pod: added, and removed later',
    async inject(system, random) {
      const pod = await system.pods.add(random.chance(0.5) ? system.firstBuild : await system.build());
      return { on: pod.name, undo: () => system.pods.remove(pod) };
    },
  },
  {
    name: 'host: frozen',
    async inject(system, random) {
      const { host, release } = takeHost(system, random);
      system.chronicle.note({ what: 'frozen', process: host.name });
      host.signal('SIGSTOP');
      return {
        on: host.name,
        async undo() {
          host.signal('SIGCONT');
          system.chronicle.note({ what: 'thawed', process: host.name });
          release();
        },
      };
    },
  },
  {
    name: 'host: killed, and all its pods restarted',
    async inject(system, random) {
      const { host, release } = takeHost(system, random);
      const restarted = system.pods.killHost(host, random.whole(0, 3_000));
      return {
        on: host.name,
        async undo() {
          await restarted;
          release();
        },
      };
    },
  },
  {
    name: 'pod: cut off from the bridge, both ways',
    async inject(system, random) {
      const { pod, release } = takePod(system, random);
      await system.pods.cutOff(pod, 'isolated');
      await system.pods.wire(pod, { kind: 'accept nothing', scope: 'pushes', amount: 0 });
      return {
        on: pod.name,
        async undo() {
          await system.pods.wire(pod, null);
          await system.pods.join(pod, 'isolated');
          release();
        },
      };
    },
  },
  {
    name: 'clock: a pod’s is ten minutes off',
    async inject(system, random) {
      const { pod, release } = takePod(system, random);
      system.chronicle.note({ what: 'cut off', ip: pod.ip, reason: 'clock' });
      await system.pods.skew(pod, random.pick([-limits.clockOffMs, limits.clockOffMs]));
      return {
        on: pod.name,
        async undo() {
          await system.pods.skew(pod, 0);
          system.chronicle.note({ what: 'joined', ip: pod.ip, reason: 'clock' });
          release();
        },
      };
    },
  },
  {
    // Whatever is saved meanwhile gets to a bridge only by its own look into the outbox.
    name: 'sender: delivers nothing, as where cron is dead',
    async inject({ sender }) {
      sender.order({ do: 'deliveries', paused: true });
      return { on: 'sender', undo: async () => sender.order({ do: 'deliveries', paused: false }) };
    },
  },
  {
    name: 'sender: killed',
    async inject(system, random) {
      await system.sender.kill();
      await sleep(random.whole(0, 1_000));
      system.sender.start();
      return { on: 'sender', undo: nothingToUndo };
    },
  },
];
