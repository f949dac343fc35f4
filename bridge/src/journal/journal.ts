import type { Report, Target } from '@everypod/contract';
import type { About } from './about.ts';

/** What the journal is given of an event. */
export type NewEvent = {
  /** The webhook-id. */
  id: string;
  /** SHA-256 of the raw body, in hex. */
  bodyHash: string;
  change: string;
  targets: Target[];
  /** Milliseconds since 1970, by the bridge's clock. */
  acceptedAt: number;
  about?: About;
};

export type StoredEvent = Omit<NewEvent, 'about'> & {
  seq: number;
  /** As last kept; null until then. */
  report: Report | null;
};

export type Appended =
  | { kind: 'accepted'; event: StoredEvent }
  /** The same id with the same body: nothing was journaled. */
  | { kind: 'duplicate'; event: StoredEvent }
  /** The same id with another body: nothing was journaled. */
  | { kind: 'id-reused' }
  /** Nothing was journaled; the reason says what to do. */
  | { kind: 'unavailable'; reason: string };

/**
 * Where a journal is. Sequence numbers go on rising over epochs, so that a pod that has entered the present
 * epoch, which takes `everything`, covers all that was accepted before it.
 */
export type Position = {
  epoch: string;
  /** When the epoch began, in milliseconds. */
  startedAt: number;
  head: number;
  /** Up to here targets may have been forgotten. */
  floor: number;
  /** Acceptance of the newest target that was forgotten, in milliseconds. */
  floorAt: number;
  /** Numbers that this journal has left out in this epoch, oldest first. */
  gaps: readonly Gap[];
};

/**
 * Numbers strictly between the two were never given to anything. A pod whose cursor is there got it from another
 * life of the journal (docs/decisions/a-journal-jumps-ahead-in-each-life.md).
 */
export type Gap = { before: number; after: number };

/** Position and targets of one moment. */
export type Changes = {
  position: Position;
  /** Each target whose latest change is after the given point, the oldest first; null when they are more than asked for. */
  targets: Target[] | null;
  /** The sequence number of each. */
  seqs: number[];
};

/** The journal cannot be asked at the moment; the message says why, and what to do. */
export class JournalUnavailable extends Error {
  override name = 'JournalUnavailable';
  /** True when its server answered, and refused. */
  readonly refused: boolean;

  constructor(message: string, { refused = false } = {}) {
    super(message);
    this.refused = refused;
  }
}

/**
 * The durable, compacted log: each target once, at its latest sequence number. Beside it, and sharing its
 * fate, the events' reports. Every implementation passes `tests/journal/conformance.ts`. What can't be asked at
 * the moment rejects with {@link JournalUnavailable}.
 */
export type Journal = {
  /** Resolves once the event is durable, or with why it is not. */
  append(event: NewEvent): Promise<Appended>;
  position(): Promise<Position>;
  changedSince(from: { seq: number } | { time: number }, most: number): Promise<Changes>;
  /** The same of those targets alone that vanish. Asked for seldom, so that no append has to do anything for it. */
  vanishedSince(from: { seq: number } | { time: number }, most: number): Promise<Changes>;
  event(id: string): Promise<StoredEvent | null>;
  /** What visits for it are told; null once its report is final, or its time is over. */
  about(id: string): Promise<About | null>;
  /** With the final one goes what visits are told. */
  keepReport(report: Report): Promise<void>;
  /** Events accepted since then whose report is not final, oldest first. */
  unfinished(acceptedSince: number): Promise<StoredEvent[]>;
  /**
   * For a pod's claim that the journal has gone back: sets aside what there is, and forgets every target under a new
   * epoch, whose numbers go on from this journal's own. Only if `insteadOf` is still the epoch, as several pods may
   * claim it at once, and if that epoch is older than a lease, as one may claim it again and again. Answers with the
   * position, renewed or not.
   */
  startNewEpoch(insteadOf: string): Promise<Position>;
  /** Why it must not be given events now, and what to do about it; null when it may. */
  trouble(): Promise<string | null>;
  close(): Promise<void>;
};
