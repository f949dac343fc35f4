export const limits = {
  /**
   * Below the settling delay of 10 s, which counts on no render lasting longer. A slow WordPress (Playground) may be
   * given more by BLOG_RENDER_SECONDS; the settling delay has to grow with it.
   */
  renderSeconds: 9,
  /** A build renders every page at once, and Playground answers a few requests a second. */
  buildRenderSeconds: 55,
  /** A day, as the pages. */
  keptSeconds: 86_400,
  articlesPerList: 12,
  /** WordPress gives no more than 100 at once; older pages are rendered on their first visit. */
  pagesBakedAtBuild: 100,
} as const;
