import { describe, expect, it } from 'vitest';
import { machineFolders, registryHosts } from '../../src/repository/addresses.ts';
import { citations } from '../../src/repository/citations.ts';
import type { Rule } from '../../src/repository/file.ts';
import { folderNames } from '../../src/repository/folders.ts';
import { limitsInPlace } from '../../src/repository/limits-in-place.ts';
import { links } from '../../src/repository/links.ts';
import { listening } from '../../src/repository/listening.ts';

const slash = '/';

/** Rule, file, its text, and whether the rule finds a fault. */
const cases: [Rule, string, string, boolean][] = [
  [machineFolders, 'a.md', `cd ${slash}home/ada/site`, true],
  [machineFolders, 'a.ts', `'${slash}root/site'`, true],
  [machineFolders, 'a.ts', `'${slash}Users/ada/site'`, true],
  [machineFolders, 'a.md', 'a path of this repository: demo/work/file', false],
  [machineFolders, 'a.yaml', 'mountPath: /var/lib/everypod', false],
  [registryHosts, 'a.sh', `npm i --registry https://registry.${'npmjs'}.org`, true],
  [registryHosts, 'package-lock.json', `"resolved": "https:${slash}/mirror.example.org/a.tgz"`, true],
  [registryHosts, 'a.yaml', 'newName: images.example.org/blog', false],
  [folderNames, 'bridge/src/utils/a.ts', '', true],
  [folderNames, 'wp-plugin/includes/Helpers/A.php', '', true],
  [folderNames, 'bridge/src/queue/a.ts', '', true],
  [folderNames, 'bridge/src/journal/retry.ts', '', false],
  [limitsInPlace, 'bridge/src/app.ts', 'const pushDeadlineMs = 5_000;', true],
  [limitsInPlace, 'bridge/src/app.ts', "import a from 'a';\n\nconst pushDeadlineMs = 5_000;", true],
  [limitsInPlace, 'wp-plugin/includes/A.php', 'private const RETRY_SECONDS = 5;', true],
  [limitsInPlace, 'bridge/src/limits.ts', 'export const pushDeadlineMs = 5_000;', false],
  [limitsInPlace, 'bridge/tests/app.test.ts', 'const pushDeadlineMs = 5_000;', false],
  [limitsInPlace, 'bridge/src/app.ts', 'const pushDeadlineMs = limits.pushDeadlineMs;', false],
  [limitsInPlace, 'bridge/src/app.ts', 'const bothMs = 2 * limits.pushDeadlineMs;', false],
  [links, 'docs/a.md', '[gone](b.md)', true],
  [links, 'docs/a.md', '<img src="panel.png">', true],
  [links, 'docs/a.md', '[itself](a.md#top), [up](../docs), [out](https://example.org), [here](#top)', false],
  [links, 'docs/a.md', '```md\n[an example](nowhere.md)\n```', false],
  [listening, 'a.ts', `new Promise((resolve) => ${'server'}.listen(port, resolve))`, true],
  [listening, 'a.ts', "await once(server.listen(port), 'listening')", false],
  [citations, 'a.ts', ' * a render reads at its start (NOTES.md), and', true],
  [citations, 'a.ts', '// Nine of ten (NOTES: what was measured).', true],
  [citations, 'a.ts', '/** NOTES: what was measured. */', true],
  [citations, 'a.yaml', '# See docs/gone.md.', true],
  [citations, 'docs/a.ts', '/* docs/a.ts says it; see decisions/gone.md */', true],
  [citations, 'a.ts', "const file = 'nowhere.md';", false],
  [citations, 'a.ts', ' * KEYS: position. ARGV: the epoch.', false],
  [citations, 'a.ts', '// Known (docs/there.md), and https://example.org/README.md too.', false],
  [citations, 'docs/a.ts', '// Beside it: there.md.', false],
];

describe.each([machineFolders, registryHosts, folderNames, limitsInPlace, links, listening])(
  '$says',
  (rule) => {
    it.each(casesOf(rule))('$1: $2', judge);
  },
);

describe(citations.says, () => {
  it.each(casesOf(citations))('A21 $1: $2', judge);
});

function casesOf(rule: Rule) {
  return cases.filter(([of]) => of === rule);
}

function judge(rule: Rule, path: string, text: string, finds: boolean) {
  const faults = rule.faults([
    { path, text },
    { path: 'docs/there.md', text: '' },
  ]);
  expect(faults.length > 0).toBe(finds);
  for (const fault of faults) expect(fault).toContain(path.split('/')[0]);
}
