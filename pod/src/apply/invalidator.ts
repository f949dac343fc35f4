/** The seam to the framework: how it forgets pages. Both calls are made while a request is handled or in its background. */
export type Invalidator = {
  /** A path as it is asked for, or, with a scope, a route pattern. `('/', 'layout')` is every page, closed ones too. */
  path(path: string, scope?: 'page' | 'layout'): void;
  tag(tag: string): void;
};
