import type { Record, RecordOf } from '../chronicle/record.ts';
import { type Life, livesOf } from './lives.ts';

/** An event, put together from what its sender wrote down. */
export type SavedEvent = {
  id: string;
  savedAt: number;
  /** Null when no bridge has ever accepted it. */
  acceptedAt: number | null;
  effects: { path: string; version: number }[];
  targets: string[];
};

/** Whether a target is told to those who keep state beside pages. */
export const isTopic = (target: string) => target.startsWith('topic ');

/** All that was written down during a run, put in order. */
export type Evidence = {
  records: readonly Record[];
  events: SavedEvent[];
  lives: Life[];
  of<What extends Record['what']>(what: What): RecordOf<What>[];
};

export function evidenceOf(records: readonly Record[]): Evidence {
  const byWhat = Map.groupBy(records, ({ what }) => what);
  const of = <What extends Record['what']>(what: What) => (byWhat.get(what) ?? []) as RecordOf<What>[];
  const acceptedAt = new Map<string, number>();
  // The first answer counts: after it nothing may be lost.
  const acceptances = of('accepted');
  for (const { id, at } of acceptances) if (!acceptedAt.has(id)) acceptedAt.set(id, at);
  return {
    records,
    of,
    lives: livesOf(records),
    events: of('saved').map(({ id, at, effects, targets }) => ({
      id,
      savedAt: at,
      acceptedAt: acceptedAt.get(id) ?? null,
      effects,
      targets,
    })),
  };
}
