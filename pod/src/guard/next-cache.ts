/** What Next.js hands to a cache handler, as far as the guard looks at it. */
export type HandlerContext = { dev?: boolean; serverDistDir?: string; [more: string]: unknown };
export type GetContext = {
  kind?: string;
  tags?: readonly string[];
  softTags?: readonly string[];
  isFallback?: boolean;
  fetchUrl?: unknown;
  revalidate?: number | false;
  [more: string]: unknown;
};
export type SetContext = {
  kind?: string;
  fetchCache?: boolean;
  tags?: readonly string[];
  fetchUrl?: string;
  isImplicitBuildTimeCache?: boolean;
  isFallback?: boolean;
  revalidate?: number | false;
  cacheControl?: { revalidate?: number | false };
  [more: string]: unknown;
};
export type Value = { kind?: string; headers?: Record<string, unknown>; [more: string]: unknown };
export type Entry = {
  value: Value | null;
  lastModified?: number;
  cacheControl?: { revalidate?: number | false };
};
export type Durations = { expire?: number };

/** A cache handler, as next.config names one. */
export type Handler = {
  get(key: string, context: GetContext): Promise<Entry | null>;
  set(key: string, value: Value | null, context: SetContext): Promise<void>;
  revalidateTag(tags: string | string[], durations?: Durations): Promise<void>;
  resetRequestCache?(): void;
};
// biome-ignore lint/suspicious/noExplicitAny: A user's handler may ask for more of its context than is known here.
export type HandlerClass = new (context: any) => Handler;

/** By which a page's entry says its own tags, with commas between them. */
export const tagsHeader = 'x-next-cache-tags';

const pages = new Set(['APP_PAGE', 'APP_ROUTE', 'PAGES']);
export const isPage = (kind: string | undefined) => kind !== undefined && pages.has(kind);
