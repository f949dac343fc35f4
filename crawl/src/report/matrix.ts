import { writeFile } from 'node:fs/promises';
import type { Arguments } from '../arguments.ts';
import { addresses } from '../pages/addresses.ts';
import { document } from '../system/places.ts';
import { keysOf } from './keys.ts';
import { type Outcome, totalsOf } from './print.ts';

/** Writes what the actions came to as a document. */
export async function writeMatrix(
  outcomes: readonly Outcome[],
  { next, pods }: Arguments,
  wordpress: string,
): Promise<void> {
  const rows = outcomes.map((outcome) => {
    const { action, delivered, verdict } = outcome;
    const { changed, stale, needless } = verdict;
    const sent = delivered.events.map(({ change }) => `\`${change}\``).join(', ') || 'nothing';
    return [
      action.name,
      action.way,
      String(changed.length),
      String(stale.length),
      String(needless.length),
      sent,
      keysOf(delivered),
    ];
  });
  const heads = ['action', 'by', 'changed', 'old', 'needless', 'sent', 'what the events name'];
  const text = [
    '# Which pages go with what people do',
    '',
    'What `npm run crawl -- --matrix` saw. A front end without one tag, at addresses that WordPress does not know, is read before and',
    `after each action: ${addresses.length} pages on ${pods} pods. A page has *changed* if it would have another text were it made now; it is *old* if it`,
    'was not made anew all the same, and *needless* is what was made anew and has the text that it had. The actions stand in',
    '[crawl/src/actions](../crawl/src/actions), and each is done on what those before it have left.',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${wordpress}, Next.js ${next}.`,
    '',
    totalsOf(outcomes),
    '',
    line(heads),
    line(heads.map(() => '---')),
    ...rows.map(line),
    '',
  ];
  await writeFile(document, text.join('\n'));
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
