import type { CatchUpAnswer, Cursor, Push } from '@everypod/contract';
import type { Announcement } from '../guard/shared-store.ts';
import type { Life } from '../life.ts';
import { meansEverything } from './move.ts';

/** How a store that pods share stands to what is to be applied: it is a pod more, whose cursor lies in the store. */
export type StoreStanding = {
  /** Whether it may lack more than what is to be applied, so that only everything makes up for it. */
  behind: boolean;
  /** Null where this pod shares no store. */
  announcement: Announcement | null;
};

const ownStore: StoreStanding = { behind: false, announcement: null };

/** To be waited for before a push is applied: afterwards nothing may give way. */
export async function storeBeforePush(
  { epoch, after, upTo, everything }: Push,
  life: Life,
): Promise<StoreStanding> {
  const store = life.guarding()?.guard.store ?? null;
  if (store === null) return ownStore;
  const end = { epoch, seq: upTo };
  await store.look(end);
  const covered = store.covers(end);
  const follows = everything === true || store.covers({ epoch, seq: after });
  // What it lacks beyond that is left to the catch-up: a push takes no longer for it.
  return {
    behind: false,
    announcement: { covered, reaches: follows ? end : null, sinceMs: store.heardAllAtMs },
  };
}

/** To be waited for while there is time, before the answer is applied. */
export async function lookBeforeCatchUp({ epoch, upTo }: CatchUpAnswer, life: Life): Promise<void> {
  await life.guarding()?.guard.store?.look({ epoch, seq: upTo });
}

/** By what {@link lookBeforeCatchUp} has found. Targets make up for what a store lacks only from the pod's own cursor on. */
export function storeBeforeCatchUp(
  askedWith: Cursor | null,
  answer: CatchUpAnswer,
  life: Life,
): StoreStanding {
  const store = life.guarding()?.guard.store ?? null;
  if (store === null) return ownStore;
  const end = { epoch: answer.epoch, seq: answer.upTo };
  const covered = store.covers(end);
  // Slices were handed on from where this pod's cursor still stands.
  const from = life.state.slicesUpTo === null ? askedWith : life.state.cursor;
  const follows =
    askedWith?.epoch === answer.epoch &&
    (store.covers(askedWith) || (from?.epoch === answer.epoch && store.covers(from)));
  const all = meansEverything(askedWith, answer);
  const behind = !covered && !follows && !all;
  // Between two slices is no position, but where everything was said.
  const reaches = 'more' in answer && !behind && !all ? null : end;
  return { behind, announcement: { covered, reaches, sinceMs: store.heardAllAtMs } };
}

/** To be told when a catch-up is applied: what this pod does not know now is newer than the question. */
export async function storeAfterCatchUp(
  answer: CatchUpAnswer,
  { askedAtMs, applied }: { askedAtMs: number; applied: boolean },
  life: Life,
): Promise<void> {
  const store = life.guarding()?.guard.store ?? null;
  if (store === null || 'more' in answer) return;
  store.heardAllAtMs = Math.max(store.heardAllAtMs, askedAtMs);
  // Where the journal goes on without a change, the store goes along; else it does as it is told.
  if (!applied) await store.follow({ epoch: answer.epoch, seq: answer.upTo });
}
