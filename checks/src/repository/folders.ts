import type { Rule } from './file.ts';

/** Folders that say nothing, and the words that the glossary gives up for better ones. */
const avoided = [
  ...['util', 'utils', 'helper', 'helpers', 'common', 'core', 'lib', 'misc', 'shared'],
  ...['trigger', 'triggers', 'job', 'jobs', 'payload', 'payloads', 'queue', 'queues', 'ping', 'history'],
  ...['offset', 'offsets', 'session', 'sessions', 'broadcast', 'sync', 'poll', 'result', 'results'],
  ...['response', 'responses', 'retry'],
];

export const folderNames: Rule = {
  says: 'Every folder is named with a word of the glossary',
  faults: (files) =>
    foldersOf(files.map(({ path }) => path))
      .filter((folder) => avoided.includes(folder.split('/').at(-1)?.toLowerCase() ?? ''))
      .map((folder) => `${folder}/ has a name to avoid; docs/glossary.md has the words for stages.`),
};

function foldersOf(paths: string[]): string[] {
  const folders = paths.flatMap((path) => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  });
  return [...new Set(folders)].sort();
}
