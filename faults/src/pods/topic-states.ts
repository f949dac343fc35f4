import type { Topics } from '../../../pod/src/apply/topics.ts';
import type { State } from '../origin/site.ts';

/** What a pod holds in memory beside its pages, as an app with feature flags does: loaded anew when its topic is told. */
export type TopicStates = {
  /** What the state says now; null when there is no such state. */
  read(path: string): number | null;
};

type Options = {
  states: readonly State[];
  /** Where the pod looks for handlers. */
  topics: Topics;
  /** What came with the image. */
  baked: Readonly<Record<string, number>>;
  fetchVersion: (path: string) => Promise<number>;
  /** Told once the state is loaded. */
  applied: (keys: string[]) => void;
};

export function createTopicStates({ states, topics, baked, fetchVersion, applied }: Options): TopicStates {
  const held = new Map(states.map(({ path }) => [path, baked[path] ?? 1]));
  for (const { path, topic } of states) {
    const reload = async () => {
      held.set(path, await fetchVersion(path));
      applied([`topic ${topic}`]);
    };
    topics.set(topic, new Set([reload]));
  }
  return { read: (path) => held.get(path) ?? null };
}
