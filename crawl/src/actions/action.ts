import type { WordPress } from '../site/wordpress.ts';

/** How a person or a program does it. */
export type Way =
  | 'block editor'
  | 'classic editor'
  | 'Quick Edit'
  | 'Bulk Edit'
  | 'list of posts'
  | 'wp-admin'
  | 'Customizer'
  | 'REST'
  | 'visitor'
  | 'program'
  | 'WP-Cron'
  | 'importer';

/** One thing that somebody does in WordPress. `before` makes what it is done to, and is no part of it. */
export type Action = {
  /** What it is about, such as `terms`. */
  of: string;
  name: string;
  way: Way;
  before?: (site: WordPress) => Promise<unknown>;
  act: (site: WordPress) => Promise<unknown>;
};

/** As a file of actions about one thing has them. */
export type Step = Omit<Action, 'of'>;

export const paragraph = (text: string) => `<!-- wp:paragraph -->\n<p>${text}</p>\n<!-- /wp:paragraph -->`;
