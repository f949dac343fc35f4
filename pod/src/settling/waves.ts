import { limits as messageLimits, plainTarget, type Target, targetKey, vanishes } from '@everypod/contract';
import { limits } from '../limits.ts';

/** What was applied within a moment, and is applied again at one moment. */
export type Wave = {
  /** By the awake clock. */
  readonly openUntilMs: number;
  dueAtMs: number;
  everything: boolean;
  /** By the keys of what they invalidate, so that each stands here once: as one that vanishes where it does. */
  readonly targets: Map<string, Target>;
  /** How many of them are tags. */
  tags: number;
  /** How many of these applications still need it. */
  wantedBy: number;
  standing: 'waiting' | 'under way' | 'over';
  /** The one that it was merged into, which stands for it. */
  into: Wave | null;
};

/** The oldest first. */
export type Waves = Wave[];

export type Application = {
  everything: boolean;
  targets: readonly Target[];
};

/** Adds to the open wave, or opens one. There are never more than a bounded number. */
export function addToWaves(
  waves: Waves,
  { everything, targets }: Application,
  { nowMs, delayMs }: { nowMs: number; delayMs: number },
): { wave: Wave; opened: boolean } {
  const newest = waves.at(-1);
  const isOpen = newest?.standing === 'waiting' && nowMs < newest.openUntilMs;
  const open = isOpen && fitsSlice(newest.tags + tagsIn(targets)) ? newest : undefined;
  const wave: Wave = open ?? {
    openUntilMs: nowMs + delayMs / limits.wavesPerDelay,
    dueAtMs: 0,
    everything: false,
    targets: new Map(),
    tags: 0,
    wantedBy: 0,
    standing: 'waiting',
    into: null,
  };
  wave.dueAtMs = nowMs + delayMs;
  wave.wantedBy += 1;
  extend(wave, everything, targets);
  if (open !== undefined) return { wave, opened: false };
  waves.push(wave);
  if (waves.length > limits.wavesAtMost) mergeWaiting(waves, waves.slice(0, 2));
  return { wave, opened: true };
}

/**
 * What is due, as one wave that is now under way; null when nothing is. More than a slice of tags at once would hold up
 * whoever asks meanwhile, so the rest stays due.
 */
export function takeDue(waves: Waves, nowMs: number): Wave | null {
  const due = waves.filter(({ standing, dueAtMs }) => standing === 'waiting' && dueAtMs <= nowMs);
  let tags = 0;
  const tooMuch = due.findIndex((wave, nth) => {
    tags += wave.tags;
    return nth > 0 && !fitsSlice(tags);
  });
  const taken = mergeWaiting(waves, tooMuch === -1 ? due : due.slice(0, tooMuch));
  if (taken !== null) taken.standing = 'under way';
  return taken;
}

/** Of a wave whose pages have settled, what has not. */
export function leaveTopics(wave: Wave, topics: readonly string[]): void {
  wave.everything = false;
  forgetTargets(wave);
  extend(
    wave,
    false,
    topics.map((topic) => ({ topic })),
  );
}

export function endWave(waves: Waves, wave: Wave): void {
  wave.standing = 'over';
  waves.splice(waves.indexOf(wave), 1);
}

/** To be told by an application that needs it no more. */
export function leaveWave(waves: Waves, wave: Wave): void {
  const standing = standsFor(wave);
  standing.wantedBy -= 1;
  if (standing.wantedBy === 0 && standing.standing === 'waiting') endWave(waves, standing);
}

export function isOver(wave: Wave): boolean {
  return standsFor(wave).standing === 'over';
}

/** Which wave does what was left to this one. */
export function standsFor(wave: Wave): Wave {
  return wave.into === null ? wave : standsFor(wave.into);
}

/** Merges waves into the last of them, which is returned; a merged wave is over. */
function mergeWaiting(waves: Waves, some: readonly Wave[]): Wave | null {
  const waiting = some.filter(({ standing }) => standing === 'waiting');
  const into = waiting.at(-1);
  if (into === undefined) return null;
  for (const wave of waiting) {
    if (wave === into) continue;
    into.dueAtMs = Math.max(into.dueAtMs, wave.dueAtMs);
    into.wantedBy += wave.wantedBy;
    extend(into, wave.everything, [...wave.targets.values()]);
    endWave(waves, wave);
    wave.into = into;
  }
  return into;
}

function extend(wave: Wave, everything: boolean, targets: readonly Target[]): void {
  wave.everything ||= everything;
  for (const target of targets) {
    const key = targetKey(plainTarget(target));
    const before = wave.targets.get(key);
    if ('tag' in target && before === undefined) wave.tags += 1;
    if (before === undefined || vanishes(target)) wave.targets.set(key, target);
  }
  const { callsPerSlice, tagsBeforeEverything } = messageLimits;
  if (wave.tags <= tagsBeforeEverything && wave.targets.size - wave.tags <= callsPerSlice) return;
  wave.everything = true;
  forgetTargets(wave);
}

function forgetTargets(wave: Wave): void {
  wave.targets.clear();
  wave.tags = 0;
}

function fitsSlice(tags: number): boolean {
  return tags <= messageLimits.tagsPerSlice;
}

function tagsIn(targets: readonly Target[]): number {
  return targets.filter((target) => 'tag' in target).length;
}
