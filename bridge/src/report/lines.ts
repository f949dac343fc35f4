import type { PodIdentity } from '@everypod/contract';
import type { Line } from './line.ts';
import { createLineIndex } from './line-index.ts';

/** The lines of one event: by the way to call a pod, and by who answered there. */
export type Lines = {
  get(key: string): Line | undefined;
  set(key: string, line: Line): void;
  all(): Line[];
  count(): number;
  entries(): Iterable<[string, Line]>;
  /** To be told who answered. True when another life of the pod had answered before. */
  name(line: Line, pod: Pick<PodIdentity, 'name' | 'instance'>): boolean;
  /** Every line that stands for this pod: a pod with two addresses has two. */
  of(pod: PodIdentity): readonly Line[];
  /** True when the same pod has applied it under another address. */
  appliedElsewhere(line: Line): boolean;
};

export function createLines(): Lines {
  const byKey = new Map<string, Line>();
  const byIp = createLineIndex();
  const byInstance = createLineIndex();

  return {
    get: (key) => byKey.get(key),
    set(key, line) {
      const before = byKey.get(key);
      if (before) {
        byIp.delete(before.ip, before);
        byInstance.delete(before.instance, before);
      }
      byKey.set(key, line);
      byIp.add(line.ip, line);
    },
    all: () => [...byKey.values()],
    count: () => byKey.size,
    entries: () => byKey,
    name(line, { name, instance }) {
      const before = line.instance;
      line.name = name;
      if (before === instance) return false;
      byInstance.delete(before, line);
      line.instance = instance;
      byInstance.add(instance, line);
      return before !== '';
    },
    of({ ip, instance }) {
      const own = byInstance.get(instance);
      if (own.length > 0) return own;
      // Two processes may share an address: which of several lines is this one's, only an answer to a push tells.
      const here = byIp.get(ip);
      return here.length === 1 ? here : [];
    },
    appliedElsewhere(line) {
      if (line.instance === '') return false;
      return byInstance.get(line.instance).some((other) => other !== line && other.state === 'applied');
    },
  };
}
