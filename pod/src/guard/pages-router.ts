import { pathOf } from './makings.ts';

const ofPath = '_N_T_';

/**
 * What `revalidatePath` means for a page of the Pages Router, whose entries have no tags: its path, each layout above it,
 * and everything.
 */
export function tagsOfPagesKey(key: string, _serverDistDir: string | undefined): string[] {
  const path = pathOf(key);
  const tags = [`${ofPath}${path}`, `${ofPath}/layout`];
  for (let end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
    tags.push(`${ofPath}${path.slice(0, end)}/layout`);
  }
  return tags;
}
