/** Every address that the crawl looks at: what the app shows of the site, and what it can't find. */
export const addresses: readonly string[] = [
  '/',
  ...[
    ...['harbour-opens', 'ferry-late', 'first-film', 'winter-fair', 'new-year', 'storm', 'second-film'],
    ...['lighthouse', 'market', 'secret', 'lead', 'spring', 'evening'],
    // Nobody has written these yet.
    ...['to-come', 'renamed', 'scheduled'],
  ].map((slug) => `/posts/${slug}`),
  ...[1, 2, 3, 4].map((page) => `/list/${page}`),
  ...['2025/11', '2025/12', '2026/01', '2026/02', '2026/03', '2026/04'].map((month) => `/archive/${month}`),
  ...['harbour', 'tide', 'nothing-of-it'].map((term) => `/found/${term}`),
  ...['storm', 'lighthouse', 'evening', 'harbour-opens'].map((slug) => `/around/${slug}`),
  ...['storm', 'lead', 'market'].map((slug) => `/comments/${slug}`),
  ...[
    'about',
    'about/team',
    'about/team/past',
    'about/press',
    'contact',
    'landing',
    'team',
    'contact/team',
  ].map((path) => `/pages/${path}`),
  '/books',
  ...['tides', 'gulls', 'the-pier', 'to-come'].map((slug) => `/book/${slug}`),
  '/pictures',
  ...['cover', 'inside', 'banner'].map((slug) => `/picture/${slug}`),
  ...['lighthouse', 'storm'].map((slug) => `/gallery/${slug}`),
  ...['news/1', 'news/2', 'local/1', 'local/2', 'culture/1', 'film/1', 'quiet/1', 'to-come/1'].map(
    (topic) => `/topics/${topic}`,
  ),
  ...['sea', 'harbour', 'ships', 'unused'].map((slug) => `/labels/${slug}`),
  ...['poems', 'novels'].map((slug) => `/genres/${slug}`),
  ...['ada', 'ben', 'cleo', 'dora'].map((slug) => `/people/${slug}`),
  ...[
    ...['menu', 'bottom-menu', 'sidebar', 'options', 'look', 'header', 'template', 'dates', 'cloud'],
    ...['sections', 'shelves', 'people', 'archives', 'latest', 'feed', 'sitemap', 'testimonials', 'talk'],
    ...['talked-about', 'cheapest', 'navigation', 'stickies', 'topics', 'topics-with-posts', 'labels'],
    ...['authors', 'by-title', 'last-changed', 'settings', 'last-comments', 'genres'],
  ].map((part) => `/site/${part}`),
];
