import type { Cursor, Report, Pods as Standings } from '@everypod/contract';

/**
 * `starting`: its process runs, no probe has passed yet. `ready`: in DNS and behind the balancer.
 * `not ready`: it was ready, and its probes fail now. `frozen`, `stopped`: it failed its probes, and its process
 * stands still, or there is none.
 */
export type PodPhase = 'starting' | 'ready' | 'not ready' | 'frozen' | 'stopped';

/** What a pod heals from: its process was started, or went on, or the bridge came back. */
export type Cause = 'start' | 'thaw' | 'bridge';

/** How a pod came to have all that the bridge has; `ms` is null while it has not yet. */
export type Healing = { from: Cause; ms: number | null };

/**
 * One pod as the kubelet sees it. A pod that was killed or frozen stays `ready` until enough probes have failed, as
 * in a cluster.
 */
export type PodView = {
  name: string;
  ip: string;
  /** `http://127.0.0.11:3000`, without a slash at the end. */
  url: string;
  phase: PodPhase;
  /** A process runs for this pod. */
  running: boolean;
  /** Its process stands still. */
  frozen: boolean;
  healing: Healing | null;
  /** From its last readiness answer; null before the first, and after a restart. */
  cursor: Cursor | null;
  settled: Cursor | null;
  /** Why the last probe failed, in a sentence. */
  reason?: string;
};

/** `unknown pod`: no pod has that name. `not running`: there is no process to do that to. */
export type PodAction = 'done' | 'unknown pod' | 'not running';

/** `event owed`: there is no bridge to accept the event for the whole site; it is sent once the bridge is back. */
export type Switched = 'done' | 'event owed';

/** What the wall can see of the demo's cluster, and do to it. */
export type Cluster = {
  pods(): PodView[];
  /** Starts one more pod from the same build. Resolves once its process runs, not once it is ready. */
  add(): Promise<PodView>;
  /** Ends the pod's process without warning, as a lost node does. */
  kill(name: string): Promise<PodAction>;
  /** Stops its process where it stands, as a node under too much load does. */
  freeze(name: string): Promise<PodAction>;
  thaw(name: string): Promise<PodAction>;
  /** A new process at the same IP from a new copy of the build, as kubelet restarts a container. */
  restart(name: string): Promise<PodAction>;
  /** Switched off, a save calls one pod through the balancer, as a webhook does. */
  everypod: {
    on(): boolean;
    /** Switching on sends one event for the whole site, so that what was missed is made good. */
    turn(on: boolean): Promise<Switched>;
  };
  /** Cut off, its process is stopped and saves wait in WordPress's outbox; back, it goes on with the same journal at the same address. */
  bridge: {
    running(): boolean;
    /** Both resolve when it is done: the process is gone, or takes events. */
    stop(): Promise<void>;
    start(): Promise<void>;
    /** Every pod against the journal's head, as the bridge knows them; null when it does not answer. */
    standings(): Promise<Standings | null>;
    /** What each pod answered for the last event; null where there was none, or the bridge does not say. */
    lastReport(): Promise<Report | null>;
  };
  /** Stopped, its process is gone: nobody can write, and no pod can make a page. Started, it goes on with the same content. */
  wordpress: {
    running(): boolean;
    /** Both resolve when it is done: the process is gone, or answers. */
    stop(): Promise<void>;
    start(): Promise<void>;
  };
  /** Calls the listener whenever `pods()`, `everypod.on()`, `bridge.running()` or `wordpress.running()` would answer something else. Returns the way to stop. */
  onChange(listener: () => void): () => void;
};

/** Addresses that the wall links to or reads from; all on loopback, none with a slash at the end. */
export type Addresses = {
  wordpress: string;
  /** Round robin over ready pods; answers name the pod that served them in `x-served-by`. */
  balancer: string;
  bridge: string;
};
