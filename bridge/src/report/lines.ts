import type { PodIdentity, PodState } from '@everypod/contract';
import type { Line } from './line.ts';
import { createLineIndex } from './line-index.ts';

/**
 * The lines of one event: by the way to call a pod, and by who answered there. What is to be known of all of them is
 * counted as they change: with a thousand pods, a walk for each attempt would cost more than the attempt.
 */
export type Lines = {
  get(key: string): Line | undefined;
  set(key: string, line: Line): void;
  /** To be used for whatever may touch its state, or when it settled. */
  change(line: Line, mark: (line: Line) => void): void;
  all(): Line[];
  count(): number;
  entries(): Iterable<[string, Line]>;
  /** To be told who answered. True when another life of the pod had answered before. */
  name(line: Line, pod: Pick<PodIdentity, 'name' | 'instance'>): boolean;
  /** Every line that stands for this pod: a pod with two addresses has two. */
  of(pod: PodIdentity): readonly Line[];
  /** How many are in this state. */
  countOf(state: PodState): number;
  /** How many have applied it and not settled. */
  unsettled(): number;
  /** How many are plain pods. */
  plain(): number;
  /** How many plain pods may still be told. */
  plainAwaited(): number;
  /** How many keep the event from being applied; neither those whose pod has applied it under another address, nor plain ones. */
  awaited(): number;
};

/** A pod in one of these states keeps no event from being applied. */
const notAwaited = new Set<PodState>(['applied', 'gone', 'starting']);

export function createLines(): Lines {
  const byKey = new Map<string, Line>();
  const byIp = createLineIndex();
  const byInstance = createLineIndex();
  const states = new Map<PodState, number>();
  let unsettled = 0;
  let awaited = 0;
  let plain = 0;
  let plainAwaited = 0;

  function count(line: Line, by: 1 | -1) {
    const { state, settledAt } = line;
    if (line.plain) plain += by;
    if (line.plain && !line.over && state !== 'gone') plainAwaited += by;
    states.set(state, (states.get(state) ?? 0) + by);
    if (state === 'applied' && settledAt === undefined) unsettled += by;
  }

  /** Lines of one pod, of which one that has applied it speaks for the others. */
  function awaitedOf(lines: readonly Line[]): number {
    if (lines.some(({ state }) => state === 'applied')) return 0;
    return lines.filter(({ state, plain: isPlain }) => !isPlain && !notAwaited.has(state)).length;
  }

  /** All that stand for the same pod; a line whose pod has not answered stands for itself. */
  const besides = (line: Line) => (line.instance === '' ? [line] : byInstance.get(line.instance));

  function change(line: Line, mark: (line: Line) => void) {
    count(line, -1);
    awaited -= awaitedOf(besides(line));
    mark(line);
    count(line, 1);
    awaited += awaitedOf(besides(line));
  }

  function remove(line: Line) {
    count(line, -1);
    awaited -= awaitedOf(besides(line));
    byIp.delete(line.ip, line);
    byInstance.delete(line.instance, line);
    if (line.instance !== '') awaited += awaitedOf(byInstance.get(line.instance));
  }

  return {
    get: (key) => byKey.get(key),
    set(key, line) {
      const before = byKey.get(key);
      if (before) remove(before);
      byKey.set(key, line);
      byIp.add(line.ip, line);
      count(line, 1);
      awaited += awaitedOf([line]);
    },
    change,
    all: () => [...byKey.values()],
    count: () => byKey.size,
    entries: () => byKey,
    name(line, { name, instance }) {
      const before = line.instance;
      line.name = name;
      if (before === instance) return false;
      awaited -= awaitedOf(besides(line)) + awaitedOf(byInstance.get(instance));
      byInstance.delete(before, line);
      line.instance = instance;
      byInstance.add(instance, line);
      awaited += awaitedOf(byInstance.get(before)) + awaitedOf(byInstance.get(instance));
      return before !== '';
    },
    of({ ip, instance }) {
      const own = byInstance.get(instance);
      if (own.length > 0) return own;
      // Two processes may share an address: which of several lines is this one's, only an answer to a push tells.
      const here = byIp.get(ip).filter((line) => !line.plain);
      return here.length === 1 ? here : [];
    },
    countOf: (state) => states.get(state) ?? 0,
    unsettled: () => unsettled,
    plain: () => plain,
    plainAwaited: () => plainAwaited,
    awaited: () => awaited,
  };
}
