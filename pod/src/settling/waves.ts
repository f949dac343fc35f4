import { type Cursor, limits as messageLimits, type Target } from '@everypod/contract';
import { limits } from '../limits.ts';

/** What was applied within a moment, and is applied again at one moment. */
export type Wave = {
  /** By the awake clock. */
  readonly openUntilMs: number;
  dueAtMs: number;
  everything: boolean;
  /** By their JSON, so that each stands here once. */
  readonly targets: Map<string, Target>;
  /** Where the cursor stood after the last of these applications: settled, once this wave and all before it are. */
  reached: Cursor | null;
  standing: 'waiting' | 'under way' | 'over';
};

/** The oldest first. */
export type Waves = Wave[];

export type Application = { everything: boolean; targets: readonly Target[]; reached: Cursor | null };

/** Adds to the open wave, or opens one, which is then returned. There are never more than a bounded number. */
export function addToWaves(
  waves: Waves,
  { everything, targets, reached }: Application,
  { nowMs, delayMs }: { nowMs: number; delayMs: number },
): Wave | null {
  const newest = waves.at(-1);
  const open = newest?.standing === 'waiting' && nowMs < newest.openUntilMs ? newest : undefined;
  const wave: Wave = open ?? {
    openUntilMs: nowMs + delayMs / limits.wavesPerDelay,
    dueAtMs: 0,
    everything: false,
    targets: new Map(),
    reached,
    standing: 'waiting',
  };
  wave.dueAtMs = nowMs + delayMs;
  wave.reached = reached;
  extend(wave, everything, targets);
  if (open !== undefined) return null;
  waves.push(wave);
  if (waves.length > limits.wavesAtMost) mergeWaiting(waves, waves.slice(0, 2));
  return wave;
}

/** All that is due, as one wave that is now under way; null when nothing is. */
export function takeDue(waves: Waves, nowMs: number): Wave | null {
  const taken = mergeWaiting(
    waves,
    waves.filter(({ standing, dueAtMs }) => standing === 'waiting' && dueAtMs <= nowMs),
  );
  if (taken !== null) taken.standing = 'under way';
  return taken;
}

/** Of a wave whose pages have settled, what has not. */
export function leaveTopics(wave: Wave, topics: readonly string[]): void {
  wave.everything = false;
  wave.targets.clear();
  extend(
    wave,
    false,
    topics.map((topic) => ({ topic })),
  );
}

/** Takes away what is over at the front, and returns the cursors that are settled by it, in order. */
export function takeSettled(waves: Waves): (Cursor | null)[] {
  const first = waves.findIndex(({ standing }) => standing !== 'over');
  return waves.splice(0, first < 0 ? waves.length : first).map(({ reached }) => reached);
}

/** Merges waves into the last of them, which is returned; a merged wave is over. */
function mergeWaiting(waves: Waves, some: readonly Wave[]): Wave | null {
  const waiting = some.filter(({ standing }) => standing === 'waiting');
  const into = waiting.at(-1);
  if (into === undefined) return null;
  for (const wave of waiting) {
    if (wave === into) continue;
    into.dueAtMs = Math.max(into.dueAtMs, wave.dueAtMs);
    extend(into, wave.everything, [...wave.targets.values()]);
    wave.standing = 'over';
    waves.splice(waves.indexOf(wave), 1);
  }
  return into;
}

function extend(wave: Wave, everything: boolean, targets: readonly Target[]): void {
  wave.everything ||= everything;
  for (const target of targets) wave.targets.set(JSON.stringify(target), target);
  if (wave.targets.size <= messageLimits.callsBeforeEverything) return;
  wave.everything = true;
  wave.targets.clear();
}
