import { findInFiles, type Rule } from './file.ts';

/** Whoever waits for the callback alone waits for ever where the port is taken, and the error ends the process. */
const listensOrHangs = /\(resolve\) => \w+\.(?:listen|bind)\(/;

export const listening: Rule = {
  says: 'Whoever waits for a server to listen hears that it cannot',
  faults: (files) =>
    findInFiles(
      files.filter(({ path }) => /\.m?[jt]s$/.test(path)),
      listensOrHangs,
    ).map(({ where }) => `${where}: write \`await once(server.listen(port), 'listening')\`.`),
};
