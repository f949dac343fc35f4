import {
  type Entry,
  type GetContext,
  type Handler,
  type HandlerClass,
  type HandlerContext,
  tagsHeader,
} from './next-cache.ts';

/** A handler that can tell what it had before that was invalidated. */
export type WithFormer = Handler & {
  /** As it was stored, tags included; null where there is none, or it can't be had. */
  former(key: string, context: GetContext): Promise<Entry | null>;
  /** Whether it is read from there, and from no file. */
  isInMemory(key: string): boolean;
};

/** In place of the tags of a page that is read in spite of them: nobody invalidates it, and no page has it. */
export const formerTag = 'everypod:former';

type Fs = {
  readFile(file: string, encoding?: string): Promise<string | Uint8Array>;
  [more: string]: unknown;
};
type OwnClass = HandlerClass & { memoryCache?: { get(key: string): Entry | undefined } };

/**
 * Next.js's own cache, which gives nothing whose tags were invalidated, though it still has it: answers of a fetch are asked
 * for without tags; pages lie in its memory, or are read from its files under another tag.
 */
export function withFormer(Own: HandlerClass): new (context: HandlerContext) => WithFormer {
  return class extends (Own as OwnClass) implements WithFormer {
    readonly #context: HandlerContext;

    constructor(context: HandlerContext) {
      super(context);
      this.#context = context;
    }

    async former(key: string, context: GetContext): Promise<Entry | null> {
      if (context.kind === 'FETCH')
        return (await super.get(key, { ...context, tags: [], softTags: [] })) ?? null;
      return (Own as OwnClass).memoryCache?.get(key) ?? this.#fromFiles(key, context);
    }

    isInMemory(key: string): boolean {
      return (Own as OwnClass).memoryCache?.get(key) !== undefined;
    }

    async #fromFiles(key: string, context: GetContext): Promise<Entry | null> {
      const fs = this.#context.fs as Fs | undefined;
      if (fs === undefined) return null;
      const tags: string[] = [];
      // What it reads it may keep in memory, but it copies nothing: the files have the tags.
      const reader = new Own({ ...this.#context, fs: withoutTags(fs, tags), flushToDisk: false });
      const entry = (await reader.get(key, context)) ?? null;
      const value = entry?.value;
      const [kept] = tags;
      if (value?.headers?.[tagsHeader] === formerTag && kept !== undefined) value.headers[tagsHeader] = kept;
      return entry;
    }
  };
}

/** The same files, but that pages say other tags, and which ones they have. */
function withoutTags(fs: Fs, tags: string[]): Fs {
  return {
    ...fs,
    async readFile(file, encoding) {
      const text = await fs.readFile(file, encoding);
      if (!file.endsWith('.meta') || typeof text !== 'string') return text;
      const meta = JSON.parse(text) as { headers?: Record<string, unknown> };
      const own = meta.headers?.[tagsHeader];
      if (typeof own !== 'string') return text;
      tags.push(own);
      return JSON.stringify({ ...meta, headers: { ...meta.headers, [tagsHeader]: formerTag } });
    },
  };
}
