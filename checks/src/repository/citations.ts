import { posix } from 'node:path';
import { findInFiles, type Rule } from './file.ts';

/** Documents name each other by links, which have a rule of their own. */
const comment = /(?:(?<=^|\s)\/[/*]|^\s*[*#]).*$/m;
const document = /(?<![\w/.:-])(?:[\w.-]+\/)*[\w-]+\.md\b/g;
/** A document whose name is all that is said of it: `NOTES: how it was measured`, in brackets or as a comment's first word. */
const byNameAlone = /(?<=\(|\/\*\* |\/\/ )[A-Z]{4,}(?=: )/g;

export const citations: Rule = {
  says: 'Every document that a comment cites is there',
  faults: (files) => {
    const known = new Set(files.map(({ path }) => path));
    return findInFiles(
      files.filter(({ path }) => !/\.md$|package-lock\.json$/.test(path)),
      comment,
    )
      .flatMap(({ where, match }) => [
        ...[...match.matchAll(document)].map(([cited]) => ({ where, cited })),
        ...[...match.matchAll(byNameAlone)].map(([name]) => ({ where, cited: `${name}.md` })),
      ])
      .filter(({ where, cited }) => !known.has(cited) && !known.has(posix.join(posix.dirname(where), cited)))
      .map(({ where, cited }) => `${where} cites ${cited}, which is not there.`);
  },
};
