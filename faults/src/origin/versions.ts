import type { Site } from './site.ts';

/** What each page, and each state, says now, as a number that only rises. */
export type Versions = {
  of(path: string): number;
  all(): Record<string, number>;
  /** Changes the pages' content. @returns their new versions */
  change(paths: readonly string[]): { path: string; version: number }[];
};

export function createVersions({ pages, states }: Site): Versions {
  const versions = new Map([...pages, ...states].map(({ path }) => [path, 1]));
  const of = (path: string) => versions.get(path) ?? 0;
  return {
    of,
    all: () => Object.fromEntries(versions),
    change: (paths) =>
      paths.map((path) => {
        const version = of(path) + 1;
        versions.set(path, version);
        return { path, version };
      }),
  };
}
