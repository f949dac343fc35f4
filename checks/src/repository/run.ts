import { addTallies, failedTimes, passedOnce, type Tally } from '../tally.ts';
import { machineFolders, registryHosts } from './addresses.ts';
import { citations } from './citations.ts';
import { type Rule, readRepository } from './file.ts';
import { folderNames } from './folders.ts';
import { limitsInPlace } from './limits-in-place.ts';
import { links } from './links.ts';
import { listening } from './listening.ts';

export const rules: Rule[] = [
  machineFolders,
  registryHosts,
  folderNames,
  limitsInPlace,
  links,
  listening,
  citations,
];

export async function runRepositoryChecks(show: (line: string) => void): Promise<Tally> {
  const files = readRepository();
  if (files.length === 0) {
    show('git lists no file, so there was nothing to check.');
    return failedTimes(1);
  }
  return addTallies(
    rules.map((rule) => {
      const faults = rule.faults(files);
      show(`${faults.length === 0 ? '✓' : '✗'} ${rule.says}`);
      for (const fault of faults) show(`    ${fault}`);
      return faults.length === 0 ? passedOnce : failedTimes(faults.length);
    }),
  );
}
