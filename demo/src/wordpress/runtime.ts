import type { Processes, RunningProcess } from '../processes/processes.ts';

export type Site = {
  core: string;
  content: string;
  port: number;
  url: string;
};

/** What runs WordPress's PHP. Each serves the same core and content folders, on loopback. */
export type WordPressRuntime = {
  /** For the user, such as `native PHP 8.2`. */
  label: string;
  /** How long the blog may wait for WordPress while it renders a page; null for its own limit. */
  renderSeconds: number | null;
  /** Where WordPress will see its content; null for `wp-content` within the core. */
  contentFolder(site: Pick<Site, 'content'>): string | null;
  /** Starts serving. Resolves at once; whether it answers is found out by asking it. */
  serve(site: Site, processes: Processes): Promise<RunningProcess>;
};
