import { withoutBasePath, withoutSlash } from '../apply/plain-spelling.ts';
import { ofPath } from '../apply/tags.ts';
import type { Asked } from './makings.ts';
import { readJson } from './manifests.ts';

const none: readonly string[] = [];
const tagsOfAsked = new WeakMap<Asked, readonly string[]>();

/**
 * By which tag whatever a request is answered with was invalidated, when its public path was: middleware and rewrites have it served
 * by an entry of any other name, which carries none of them.
 */
export function tagsOfPublicPath(
  asked: Asked | undefined,
  serverDistDir: string | undefined,
): readonly string[] {
  if (asked === undefined) return none;
  const known = tagsOfAsked.get(asked) ?? [`${ofPath}${publicPathOf(asked.path, serverDistDir)}`];
  tagsOfAsked.set(asked, known);
  return known;
}

/** What a page is asked for by, as a document, as its data or as what a client renders it from. */
function publicPathOf(url: string, serverDistDir: string | undefined): string {
  const path = withoutBasePath(url.split('?', 1)[0] ?? '', basePathOf(serverDistDir));
  const page = path.replace(/^\/_next\/data\/[^/]+(\/.*)\.json$/, '$1').replace(/\.rsc$/, '');
  const plain = withoutSlash(page);
  return plain === '/index' && page !== path ? '/' : plain;
}

const basePaths = new Map<string, string>();

function basePathOf(serverDistDir = ''): string {
  const known = basePaths.get(serverDistDir);
  if (known !== undefined) return known;
  const { basePath } = readJson(`${serverDistDir}/../routes-manifest.json`) ?? {};
  const found = typeof basePath === 'string' ? basePath : '';
  basePaths.set(serverDistDir, found);
  return found;
}
