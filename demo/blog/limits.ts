export const limits = {
  /** Below the settling delay of 10 s, which counts on no render lasting longer. */
  renderMs: 9_000,
  /** A build renders every page at once, and Playground answers a few requests a second. */
  buildRenderMs: 55_000,
  /** A day, as the pages. */
  keptSeconds: 86_400,
  articlesPerList: 24,
  /** WordPress gives no more than 100 at once; older pages are rendered on their first visit. */
  pagesBakedAtBuild: 100,
} as const;
