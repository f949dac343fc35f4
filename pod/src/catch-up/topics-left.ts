import type { CatchUpAnswer, Cursor } from '@everypod/contract';

/** An answer of which all was applied but some topics. The cursor waits for them, so the bridge answers the same again. */
export type TopicsLeft = {
  readonly askedWith: Cursor | null;
  readonly upTo: Cursor;
  readonly everything: boolean;
  readonly topics: readonly string[];
};

/** Whether an answer brings nothing but what these topics were left of. */
export function coversPages(
  left: TopicsLeft,
  askedWith: Cursor | null,
  answer: CatchUpAnswer,
  everything: boolean,
): boolean {
  if (left.upTo.epoch !== answer.epoch || left.upTo.seq !== answer.upTo) return false;
  return left.everything || (!everything && isSame(left.askedWith, askedWith));
}

function isSame(one: Cursor | null, other: Cursor | null): boolean {
  return one?.epoch === other?.epoch && one?.seq === other?.seq;
}
