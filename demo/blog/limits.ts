export const limits = {
  /** Below the settling delay of 10 s: no render may outlast it (two requests in a row, and some room). */
  requestDeadlineMs: 4_500,
  /** A build asks for every page at once, and Playground answers a few a second. */
  buildRequestDeadlineMs: 50_000,
  articlesPerList: 24,
  /** WordPress gives no more than 100 at once; older pages are rendered on their first visit. */
  pagesBakedAtBuild: 100,
} as const;
