import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Variant } from './build.ts';
import type { Found } from './shapes-suite.ts';

const manifests = join(import.meta.dirname, '../../../../tested-with');

function versionOf(next: Variant['next']): string {
  return JSON.parse(readFileSync(join(manifests, `next-${next}/package.json`), 'utf8')).dependencies.next;
}

/** The table of docs/shapes.md, and below it what one has to know of some of its rows. */
export function shapesInMarkdown(found: readonly Found[]): string {
  const versions = [...new Set(found.map(({ next }) => next))];
  const rows = Map.groupBy(found, ({ shape }) => shape);
  const head = ['shape', 'address', ...versions.map(versionOf), 'a reader then gets'];
  const lines = [head, head.map(() => '---')];
  for (const [{ shape, path, host }, all] of rows) {
    const told = versions.map((next) => together(all.filter((one) => one.next === next).map(saidOf)));
    const where = `\`${host ?? ''}${path}\``;
    lines.push([shape, where, ...told, together(all.map(({ reader }) => reader))]);
  }
  const noted = [...rows.keys()].filter(({ because }) => because !== undefined);
  const notes = [...Map.groupBy(noted, ({ because }) => because)].map(
    ([because, all]) => `- ${all.map(({ shape }) => shape).join('; ')}: ${because}`,
  );
  return [...lines.map((cells) => `| ${cells.join(' | ')} |`), '', ...notes].join('\n');
}

const saidOf = ({ told }: Found) => told;

/** One word for all, where they are of one mind. */
function together(words: readonly string[]): string {
  return [...new Set(words)].join('; ') || '–';
}
