import { limits } from '../limits.ts';
import type { Readers } from '../readers/readers.ts';
import type { SenderNews } from '../workload/messages.ts';

/** What the sender has told, for those who ask later. */
export type News = {
  /** Resolves once the next event is accepted. */
  nextAccepted(): Promise<void>;
  /** Events that were accepted since the last time this was asked. */
  acceptedIds(): string[];
  /** Pages that have changed since the last time this was asked. */
  changedPages(): string[];
};

/** The readers hear at once which pages were saved. */
export function createNews(readers: Readers): News & { heard(news: SenderNews): void } {
  let accepted = Promise.withResolvers<void>();
  let changed = new Set<string>();
  const acceptedIds: string[] = [];
  return {
    nextAccepted: () => accepted.promise,
    acceptedIds: () => acceptedIds.splice(0),
    changedPages() {
      const pages = [...changed];
      changed = new Set();
      return pages;
    },
    heard(news) {
      if (news.news === 'saved') {
        readers.saved(news.paths);
        for (const path of news.paths.slice(0, limits.pagesPerVisit)) changed.add(path);
      }
      if (news.news === 'accepted') {
        acceptedIds.push(news.id);
        accepted.resolve();
        accepted = Promise.withResolvers<void>();
      }
    },
  };
}
