import type { Distrust, Report, SettledWay, WithoutBridge } from '@everypod/contract';
import type { Attempt } from '@everypod/fan-out';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = {
  appended(kind: 'accepted' | 'duplicate' | 'id-reused' | 'unavailable'): void;
  distrusted(route: string, cause: Distrust | 'repeated id'): void;
  pushed(state: Attempt['state']): void;
  finished(report: Report, ms: number): void;
  /** From applied to settled, on one pod; undefined for one that does not say how. */
  settled(how: SettledWay | undefined, ms: number): void;
  caughtUp(kind: 'nothing' | 'targets' | 'everything'): void;
  withoutBridge(why: WithoutBridge): void;
  lookedIntoOutbox(kind: 'emptied' | 'failed'): void;
  /** The Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
};

type Options = {
  openEvents: () => number;
  livePods: () => number;
  podsNeverAsked?: () => number;
  podsKeeping?: () => number;
};

/** Counts for Prometheus, in a registry of this bridge's own. */
export function createMetrics({
  openEvents,
  livePods,
  podsNeverAsked = () => 0,
  podsKeeping = () => 0,
}: Options): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const events = new Counter({
    name: 'everypod_events_total',
    help: 'Events received, by what the journal made of them.',
    labelNames: ['kind'],
    registers,
  });
  const distrusted = new Counter({
    name: 'everypod_distrusted_total',
    help: 'Messages whose signature was not accepted, by route and cause.',
    labelNames: ['route', 'cause'],
    registers,
  });
  const pushes = new Counter({
    name: 'everypod_pushes_total',
    help: 'Attempts to push to a pod, or to tell a plain one, by how they ended.',
    labelNames: ['state'],
    registers,
  });
  const catchUps = new Counter({
    name: 'everypod_catch_ups_total',
    help: 'Catch-ups answered, by what the pod had missed.',
    labelNames: ['kind'],
    registers,
  });
  const alone = new Counter({
    name: 'everypod_pods_without_bridge_total',
    help: 'Times that a pod had no bridge and invalidated everything, by why.',
    labelNames: ['why'],
    registers,
  });
  const outboxes = new Counter({
    name: 'everypod_outbox_looks_total',
    help: 'Looks into the outbox of a WordPress, by how they ended.',
    labelNames: ['kind'],
    registers,
  });
  const finished = new Histogram({
    name: 'everypod_event_seconds',
    help: 'From acceptance to the final report, by state.',
    labelNames: ['state'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60],
    registers,
  });
  const settled = new Histogram({
    name: 'everypod_settled_seconds',
    help: 'From applied to settled on one pod, by how it got there; not said by pods of before.',
    labelNames: ['how'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 60],
    registers,
  });
  new Gauge({
    name: 'everypod_open_events',
    help: 'Events whose report can still change.',
    registers,
    collect() {
      this.set(openEvents());
    },
  });
  new Gauge({
    name: 'everypod_live_pods',
    help: 'Pods in DNS, or that asked for catch-up within the lease; plain pods are not counted.',
    registers,
    collect() {
      this.set(livePods());
    },
  });
  new Gauge({
    name: 'everypod_pods_never_asked',
    help: 'Pods that DNS lists as ready for a whole lease, and that have never asked for catch-up.',
    registers,
    collect() {
      this.set(podsNeverAsked());
    },
  });
  new Gauge({
    name: 'everypod_pods_keeping',
    help: 'Live pods that give former pages, since WordPress can’t be reached from there.',
    registers,
    collect() {
      this.set(podsKeeping());
    },
  });

  return {
    appended: (kind) => events.inc({ kind }),
    distrusted: (route, cause) => distrusted.inc({ route, cause }),
    pushed: (state) => pushes.inc({ state }),
    finished: ({ state }, ms) => finished.observe({ state }, ms / 1000),
    settled: (how, ms) => settled.observe({ how: how ?? 'not said' }, ms / 1000),
    caughtUp: (kind) => catchUps.inc({ kind }),
    withoutBridge: (why) => alone.inc({ why }),
    lookedIntoOutbox: (kind) => outboxes.inc({ kind }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
