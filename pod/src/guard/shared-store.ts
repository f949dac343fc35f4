import { limits } from '../limits.ts';
import { within } from '../within.ts';
import type { Handler } from './next-cache.ts';
import { type Notes, notes } from './notes.ts';
import { Written } from './written.ts';

/** A position in a journal: the contract's cursor, whose name users of this package's types do not have. */
export type Position = { readonly epoch: string; readonly seq: number };

/** What the pod says of an application before the framework hears of it. */
export type Announcement = {
  /** Whether the store has been told of all of it already, by whichever pod. */
  readonly covered: boolean;
  /** How far the store has been told once it has taken this; null where nobody can say. */
  readonly reaches: Position | null;
  /** What this pod has stored since may be older than what the store has been told; by `performance.now()`. */
  readonly sinceMs: number;
};

/** What was announced in one request and has not been handed on yet. */
type Batch = { readonly announced: readonly Announcement[]; readonly told: Promise<boolean>[] };

/** Those who announce within one request meet on it. */
export type Announcing = { batch?: Announcement[]; handing?: Batch };

/**
 * A store that several pods share. It has a cursor of its own, which it keeps itself: whoever tells it of a change moves
 * it, after that and never before, and whoever comes to the same change later finds that the store knows.
 */
export class SharedStore {
  #inner: Handler | null = null;
  /** What this process has seen of the cursor. It only ever tells too little. */
  #known: Position | null = null;
  /** When a bridge knew of nothing that this pod has not applied by now; by `performance.now()`. */
  heardAllAtMs = 0;
  readonly written = new Written(limits.ledgerTagsAtMost);
  /** What this pod has to tell the store and is not known to have: until it is, what others have stored counts as old. */
  readonly #untold = new Map<string, number>();
  #telling: Promise<unknown> = Promise.resolve();

  /** Next.js makes a handler for each request, and all of them reach the same store. */
  use(inner: Handler): void {
    this.#inner = inner;
  }

  /** Whether the store has been told of everything up to there, as far as this process knows. */
  covers({ epoch, seq }: Position): boolean {
    return this.#known?.epoch === epoch && this.#known.seq >= seq;
  }

  /** Asks the store for its cursor, unless it is known to be there already. Never throws: what isn't answered isn't known. */
  async look(wanted: Position): Promise<void> {
    const inner = this.#inner;
    if (inner === null || this.covers(wanted)) return;
    const looking = findCursor(notes(inner), wanted).then((found) => {
      // A store may answer from a memory of its own, so an earlier position of the same journal says nothing.
      if (found === null || this.covers(found)) return;
      if (this.#known === null || found.epoch === wanted.epoch) this.#known = found;
    });
    await within(limits.storeAskedWithinMs, looking);
  }

  /**
   * Hands the tags on. False where the store is not known to have taken what the pod has announced.
   * @throws what the handler does, where the pod has announced nothing: then it is the app that invalidates
   */
  async handOn(
    inner: Handler,
    tags: readonly string[],
    durations: Parameters<Handler['revalidateTag']>[1],
    by: Announcing | null,
  ): Promise<boolean> {
    const batch = takeBatch(by);
    const { announced } = batch;
    if (announced.length === 0) {
      return this.#tell(
        tags,
        inner.revalidateTag([...tags], durations).then(() => true),
      );
    }
    const covered = announced.every((one) => one.covered);
    // What was stored here while the store had been told and this pod had not may be older than that.
    const sinceMs = Math.min(...announced.map((one) => one.sinceMs));
    const wanted = covered ? tags.filter((tag) => this.written.since(tag, sinceMs)) : tags;
    const told =
      wanted.length === 0 ? Promise.resolve(true) : this.#tell(wanted, tell(inner, wanted, durations));
    batch.told.push(told);
    try {
      await told;
      if ((await Promise.all(batch.told)).includes(false)) return false;
      for (const { reaches } of announced) if (reaches !== null) await this.#move(inner, reaches);
    } catch {
      return false;
    }
    return announced.every(({ reaches }) => reaches === null || this.covers(reaches));
  }

  /** To be waited for before it is read: while it is being told, what it gives may be old. */
  async ready(): Promise<void> {
    if (this.#untold.size > 0) await this.#telling;
  }

  /** Whether there is anything that it should have been told of what carries these tags. */
  lacks(tags: Iterable<string>): boolean {
    return this.#untold.size > 0 && [...tags].some((tag) => this.#untold.has(tag));
  }

  /** Until the store is known to have taken the tags, it lacks them. */
  async #tell(tags: readonly string[], telling: Promise<boolean>): Promise<boolean> {
    for (const tag of tags) this.#untold.set(tag, (this.#untold.get(tag) ?? 0) + 1);
    if (this.#untold.size > limits.ledgerTagsAtMost) {
      this.#untold.clear();
      this.#untold.set(everyPage, 1);
    }
    this.#telling = within(limits.storeAskedWithinMs, Promise.allSettled([this.#telling, telling]));
    const isTold = await telling;
    if (isTold && tags.includes(everyPage)) this.#untold.clear();
    for (const tag of isTold ? tags : []) {
      const times = this.#untold.get(tag) ?? 0;
      if (times > 1) this.#untold.set(tag, times - 1);
      else this.#untold.delete(tag);
    }
    return isTold;
  }

  /** Moves the cursor over what has nothing to apply. */
  async follow(reached: Position): Promise<void> {
    if (this.#inner === null) return;
    await this.#move(this.#inner, reached).catch(() => undefined);
  }

  async #move(inner: Handler, reached: Position): Promise<void> {
    if (this.covers(reached)) return;
    const body = JSON.stringify(reached);
    const kept = notes(inner);
    await Promise.all([
      kept.write(cursor, body, false),
      kept.write(at(reached), body, limits.storeNoteSeconds),
    ]);
    if ((await kept.read(at(reached))) === body) this.#known = reached;
  }
}

/** Where the store keeps its cursor, and that it has been at a position: memories of the former may be some seconds old. */
const cursor = 'everypod:cursor';
const at = ({ epoch, seq }: Position) => `${cursor}:${epoch}:${seq}`;

async function findCursor(kept: Notes, wanted: Position): Promise<Position | null> {
  const found = parse(await kept.read(cursor));
  if (found?.epoch === wanted.epoch && found.seq >= wanted.seq) return found;
  return parse(await kept.read(at(wanted))) ?? found;
}

/** The tag of the outermost layout, which all pages of the App Router carry. */
const everyPage = '_N_T_/layout';

/** A handler may swallow what goes wrong, so something that is to be forgotten with the rest is put there and looked for. */
async function tell(
  inner: Handler,
  tags: readonly string[],
  durations: Parameters<Handler['revalidateTag']>[1],
): Promise<boolean> {
  const trial = `everypod:trial:${crypto.randomUUID()}`;
  const kept = notes(inner);
  await kept.write(trial, '', limits.storeNoteSeconds).catch(() => undefined);
  await inner.revalidateTag([...tags, trial], durations);
  return (await kept.read(trial)) === null;
}

/** All calls that belong to one end of a request come in one turn. */
function takeBatch(by: Announcing | null): Batch {
  if (by?.handing !== undefined) return by.handing;
  const batch: Batch = { announced: by?.batch ?? [], told: [] };
  if (by === null) return batch;
  by.batch = [];
  by.handing = batch;
  queueMicrotask(() => {
    delete by.handing;
  });
  return batch;
}

function parse(text: string | null): Position | null {
  try {
    const { epoch, seq } = JSON.parse(text ?? '{}');
    return typeof epoch === 'string' && Number.isSafeInteger(seq) ? { epoch, seq } : null;
  } catch {
    return null; // Whoever wrote that was no pod.
  }
}
