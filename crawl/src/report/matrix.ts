import { writeFile } from 'node:fs/promises';
import type { Arguments } from '../arguments.ts';
import { addresses } from '../pages/addresses.ts';
import { document } from '../system/places.ts';
import type { Outcome } from './print.ts';
import { keepRun, keptRuns, type Run, runOf, type SeenAction } from './seen.ts';

/** Keeps what this run saw, and writes a document of it and of all that were kept before. */
export async function writeMatrix(
  outcomes: readonly Outcome[],
  given: Arguments,
  wordpress: string,
): Promise<void> {
  await keepRun(runOf(outcomes, given, wordpress));
  const text = documentOf(await keptRuns());
  if (text !== null) await writeFile(document, text);
}

/** Each action as the run by keys with the newest versions saw it, beside what the same came to by paths alone; null where none was by keys. */
export function documentOf(runs: readonly Run[]): string | null {
  const main = runs.findLast(({ by }) => by === 'keys');
  if (main === undefined) return null;
  const paths = runs.find(
    ({ by, wordpress, next }) => by === 'paths alone' && wordpress === main.wordpress && next === main.next,
  );
  const staleByPaths = new Map(paths?.actions.map((action) => [keyOf(action), String(action.stale)]));
  const heads = [
    'action',
    'by',
    'changed',
    'old',
    ...(paths === undefined ? [] : ['old by paths alone']),
    'needless',
    'sent',
    'what the events name',
  ];
  const rows = main.actions.map((action) => [
    action.name,
    action.way,
    String(action.changed),
    String(action.stale),
    ...(paths === undefined ? [] : [staleByPaths.get(keyOf(action)) ?? '']),
    String(action.needless),
    action.sent.map((change) => `\`${change}\``).join(', ') || 'nothing',
    action.named,
  ]);
  return [
    '# Which pages go with what people do',
    '',
    'What `npm run crawl -- --matrix` saw. A front end without one tag, at addresses that WordPress does not know, is read before and',
    `after each action: ${addresses.length} pages on ${main.pods} pods. A page has *changed* if it would have another text were it made now; it is *old* if it`,
    'was not made anew all the same, and *needless* is what was made anew and has the text that it had. The actions stand in',
    '[crawl/src/actions](../crawl/src/actions), and each is done on what those before it have left. *By paths alone* is the same with the',
    'plugin’s keys switched off: what was possible before.',
    '',
    ...table(
      [
        'WordPress',
        'Next.js',
        'pages go by',
        'on',
        'actions',
        'changed',
        'old',
        'in actions',
        'made anew as needed',
        'needlessly',
      ],
      runs.map(totalsOf),
    ),
    '',
    `What each action came to with ${main.wordpress} and Next.js ${main.next}:`,
    '',
    ...table(heads, rows),
    '',
  ].join('\n');
}

function totalsOf({ wordpress, next, by, date, actions }: Run): string[] {
  const sum = (of: (action: SeenAction) => number) =>
    String(actions.reduce((total, action) => total + of(action), 0));
  return [
    wordpress,
    String(next),
    by,
    date,
    String(actions.length),
    sum(({ changed }) => changed),
    sum(({ stale }) => stale),
    sum(({ stale }) => (stale > 0 ? 1 : 0)),
    sum(({ needed }) => needed),
    sum(({ needless }) => needless),
  ];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

const keyOf = ({ name, way }: SeenAction) => `${name} (${way})`;
