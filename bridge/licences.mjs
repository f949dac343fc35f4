import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is bundled goes on under its own licence, which lies beside the bundle.
 * @param {{ inputs: string[], from: string, into: string }} bundle its parts, relative to `from`, and where it lies
 */
export function writeLicences({ inputs, from, into }) {
  const folders = inputs.flatMap((input) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []);
  const texts = [...new Set(folders)].map((folder) => {
    const licence = readdirSync(join(from, folder)).find((name) => /^licen[cs]e/i.test(name));
    if (licence === undefined) throw new Error(`${folder} is bundled, but has no licence file.`);
    return `${folder.replace(/.*node_modules\//, '')}\n\n${readFileSync(join(from, folder, licence), 'utf8')}`;
  });
  writeFileSync(join(into, 'THIRD-PARTY-LICENCES.txt'), texts.join('\n\n'));
}
