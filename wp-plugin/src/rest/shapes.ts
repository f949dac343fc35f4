/**
 * What the plugin's own REST API (`everypod/v1`) answers. PHP builds these (includes/Rest), the screens read
 * them, and `wp-plugin/tests/rest-shapes` holds the two together.
 */

/** Who takes what WordPress sends: a bridge, or the pods themselves behind a load balancer. */
export type Destination = 'bridge' | 'load-balancer';

export type EventState = 'accepted' | 'applied' | 'settled';

export type PodState =
  | 'asked'
  | 'applied'
  | 'behind'
  | 'refused'
  | 'failed'
  | 'unreachable'
  | 'starting'
  | 'gone'
  | 'told';

/** By what a pod has settled; left out where it does not say. */
export type SettledWay = 'drained' | 'capped' | 'second pass';

/** Renders that a pod did not wait for any longer; `more` of them have no name here. */
export interface Held {
  renders: Array<{ path: string; forMs: number }>;
  more?: number;
}

/** What came of visiting a path on one pod, the worst first. */
export type VisitResult =
  | 'failed'
  | 'no page'
  | 'redirected'
  | 'denied'
  | 'left'
  | 'not cached'
  | 'gone'
  | 'made'
  | 'seen';

/** One path on one pod. */
export interface VisitLine {
  path: string;
  /** A {@link VisitResult}, or the word of a later bridge. */
  result: string;
  /** The page whose entry serves that path, where it is called otherwise. */
  servedBy?: string;
  /** Where `redirected` leads. */
  to?: string;
  status?: number;
  madeAt?: string;
  tries: number;
  reason?: string;
}

/** How many paths were to be visited on one pod, what came of them, and the worst by name. */
export interface Visits {
  of: number;
  /** Those that are `seen` as well are not counted here. */
  made: number;
  seen: number;
  gone: number;
  failed: number;
  denied: number;
  left: number;
  paths: VisitLine[];
}

export interface PodLine {
  name: string;
  /** Left out for people who may not manage options. */
  ip?: string;
  instance: string;
  state: PodState;
  ms: number;
  attempts: number;
  reason?: string;
  caughtUpAt?: string;
  settledAt?: string;
  how?: SettledWay;
  /** With `capped`. */
  held?: Held;
  /** Its visitors get pages as they were: WordPress can't be reached from there. */
  keeps?: true;
  /** Left out where nothing was visited. */
  visits?: Visits;
}

export interface Report {
  id: string;
  state: EventState;
  final: boolean;
  seq: number;
  acceptedAt: string;
  /** `vanishes`: no pod gives an old copy of it to anyone. */
  targets: Array<
    | { path: string; scope?: 'page' | 'layout'; vanishes?: true }
    | { tag: string; vanishes?: true }
    | { topic: string }
  >;
  discovery: Array<{ service: string; addresses: number; ms: number; stale?: boolean; reason?: string }>;
  pods: PodLine[];
  /** A bridge of before that word counts no told ones. */
  counts: Record<'pods' | 'settled' | Exclude<PodState, 'told'>, number> & { told?: number };
  reason?: string;
}

/** Why a pod has read what its pages are made from, and heard no keys. */
export type Keyless = 'none given' | 'taken away' | 'another host' | 'not heard';

/** Something that keeps an event from getting on, in words for the person at the screen. */
export interface Problem {
  code:
    | 'not-set-up'
    | 'secret-not-set-up'
    | 'bad-ca-file'
    | 'bad-destination'
    | 'near-address'
    | 'unreachable'
    | 'blocked-by-wordpress'
    | 'certificate'
    | 'asks-for-login'
    | 'path-changed'
    | 'refused-secret'
    | 'bad-answer'
    | 'untrusted-answer'
    | 'no-pods'
    | 'id-reused'
    | 'bridge-unavailable'
    | 'too-large'
    | 'refused-event'
    | 'malformed'
    | 'forgotten'
    | 'no-outbox';
  /** What happened and why, one sentence, translated. */
  message: string;
  /** What to do next, one sentence, translated. */
  advice: string;
}

/** One outbox row with what is known of it. */
export interface Delivery {
  /** The webhook-id. */
  id: string;
  change: string;
  subject: { kind: string; id: string; title: string };
  /** Where it is about several, all of them, for administrators; none for a panel, which shows one post. */
  subjects: Array<{ kind: string; id: string; title: string; change: string }>;
  createdAt: string;
  /** Where it went; where it has not got anywhere yet, where it is to go now. */
  destination: Destination;
  /**
   * `waiting`: in the outbox. `unknown`: accepted, but no final report within ten minutes.
   * `dead`: given up after three days; "Retry" puts it back.
   */
  state: 'waiting' | EventState | 'unknown' | 'dead';
  attempts: number;
  nextAttemptAt: string | null;
  unknownSince: string | null;
  problem: Problem | null;
  report: Report | null;
  /** Nothing more will be learned by asking again. */
  final: boolean;
}

/** `GET /posts/{id}/delivery` and the answer to `POST /posts/{id}/revalidate` and `…/take-down`. */
export interface PostDelivery {
  configured: boolean;
  /** Visitors can see the post. */
  visible: boolean;
  /** The post was saved after `delivery` was made, and nothing was sent of it. */
  unsent: boolean;
  delivery: Delivery | null;
}

type Source = 'constant' | 'option' | 'none';

/**
 * `GET` and `POST /settings`. POST takes `{ destination?: Destination, bridgeUrl?: string, secret?: string | null }`; null
 * removes.
 */
export interface Settings {
  destination: { value: Destination; source: Source };
  /** Of a bridge, or the whole address of the pods' route. */
  bridgeUrl: { value: string; source: Source };
  secret: { set: boolean; source: Source };
  caFile: { value: string; source: Source };
  /** False where only network administrators may change the connection. */
  canEdit: boolean;
}

/** `POST /connection-test`: what was tried, in order; stops at the first that fails. */
export interface ConnectionTest {
  passed: boolean;
  steps: Array<{ name: string; passed: boolean; message: string; advice?: string }>;
}

export interface Cursor {
  epoch: string;
  seq: number;
}

/** `GET /pods`: the bridge's answer to `GET /v1/pods`, or why there is none. */
export interface PodsAnswer {
  problem: Problem | null;
  destination: Destination;
  pods: null | {
    epoch: string;
    head: number;
    discovery: Report['discovery'];
    pods: Array<{
      ip: string;
      name: string;
      instance: string;
      cursor: Cursor | null;
      settled: Cursor | null;
      builtAt: string | null;
      behind: number | null;
      lastSeen: string;
      live: boolean;
      /** Its visitors get pages as they were: WordPress can't be reached from there. */
      keeps?: true;
      /** Why it has heard no keys in what it has read. */
      keyless?: Keyless;
    }>;
    /** They take traffic, and have never asked the bridge what they have missed. */
    neverAsked?: Array<{ ip: string; name: string; reason: string }>;
  };
  /** Without a bridge, the only place that pods are known from. */
  lastDelivery: Delivery | null;
}

/** `GET /deliveries?page=1&per_page=20`, dead ones first, then the newest. `POST /deliveries/{id}/retry` answers one Delivery. */
export interface Deliveries {
  /** Why there is nothing to list: the outbox itself is out of order. */
  problem: Problem | null;
  deliveries: Delivery[];
  total: number;
  /** How many of all were given up, on whatever page. */
  dead: number;
}
