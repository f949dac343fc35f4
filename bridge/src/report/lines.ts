import type { PodIdentity } from '@everypod/contract';
import type { Line } from './line.ts';

/** The lines of one event: by the way to call a pod, and by who answered there. */
export type Lines = {
  get(key: string): Line | undefined;
  set(key: string, line: Line): void;
  all(): Line[];
  entries(): Iterable<[string, Line]>;
  /** To be told who answered. True when another life of the pod had answered before. */
  name(line: Line, pod: Pick<PodIdentity, 'name' | 'instance'>): boolean;
  /** Every line that stands for this pod: a pod with two addresses has two. */
  of(pod: PodIdentity): Line[];
  /** True when the same pod has applied it under another address. */
  appliedElsewhere(line: Line): boolean;
};

export function createLines(): Lines {
  const byKey = new Map<string, Line>();
  const byIp = new Map<string, Set<Line>>();
  const byInstance = new Map<string, Set<Line>>();

  return {
    get: (key) => byKey.get(key),
    set(key, line) {
      const before = byKey.get(key);
      if (before) {
        byIp.get(before.ip)?.delete(before);
        byInstance.get(before.instance)?.delete(before);
      }
      byKey.set(key, line);
      byIp.set(line.ip, (byIp.get(line.ip) ?? new Set()).add(line));
    },
    all: () => [...byKey.values()],
    entries: () => byKey,
    name(line, { name, instance }) {
      const before = line.instance;
      line.name = name;
      if (before === instance) return false;
      byInstance.get(before)?.delete(line);
      line.instance = instance;
      byInstance.set(instance, (byInstance.get(instance) ?? new Set()).add(line));
      return before !== '';
    },
    of({ ip, instance }) {
      const known = byInstance.get(instance) ?? new Set();
      // Two containers of one pod share an address, so a line that another life answered is left to that life.
      const here = [...(byIp.get(ip) ?? [])].filter(
        (line) => !known.has(line) && (line.instance === '' || known.size === 0),
      );
      return [...known, ...here];
    },
    appliedElsewhere(line) {
      const same = byInstance.get(line.instance) ?? [];
      return [...same].some((other) => other !== line && other.state === 'applied');
    },
  };
}
