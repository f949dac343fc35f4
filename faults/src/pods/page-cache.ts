import type { Guard } from '../../../pod/src/guard/guard.ts';
import type { Page } from '../origin/site.ts';

/** The pod's seam to its framework. */
export type Invalidator = {
  path(path: string, scope?: 'page' | 'layout'): void;
  tag(tag: string): void;
};

/** A model of Next.js's page cache: as it is, or behind the guard. */
export type PageCache = {
  invalidator: Invalidator;
  /** The one around this cache; null where there is none. */
  guard: Guard | null;
  /** What the page says; renders it when there is no copy. Rejects when the render fails. */
  read(path: string): Promise<number>;
  /** Runs a request's handler, or work after the answer: what it invalidates takes effect when it ends. */
  duringRequest<T>(work: () => Promise<T>): Promise<T>;
};

export type PageCacheOptions = {
  pages: readonly Page[];
  /** Versions that the build has rendered. */
  baked: Readonly<Record<string, number>>;
  fetchVersion: (path: string) => Promise<number>;
  /** From reading the content to storing the page. */
  rendering: (path: string) => Promise<unknown>;
  /** Told of all that took effect at one moment. */
  applied: (keys: string[]) => void;
  /** Told of calls that the framework does not hear, because no request is open. */
  unheard: (keys: string[]) => void;
};
