import { type Routes, routerOf } from '../apply/routes.ts';
import { ofPath } from '../apply/tags.ts';
import { pagePathOf } from './makings.ts';
import { readJson } from './manifests.ts';
import { isFrom } from './versions.ts';

/** What is expired of the Pages Router is given to Next.js as so old that it makes it anew before it answers, or as none. */
export type PagesGuard = 'made before the answer' | 'none there' | 'left alone';

/** How this version of Next.js takes an expired page of the Pages Router. */
export function pagesGuardOf(nextVersion: string | null): PagesGuard {
  if (isFrom(nextVersion, 16, 3, 8)) return 'made before the answer';
  // Older ones answer 404 for a page of `fallback: false` that is not there.
  return isFrom(nextVersion, 15, 5) ? 'none there' : 'left alone';
}

/**
 * What `revalidatePath` means for a page of the Pages Router, whose entries carry no tags: its path with its locale and
 * without, its route, each layout above, and everything.
 */
export function tagsOfPagesKey(key: string, serverDistDir: string | undefined): string[] {
  const { locales, routes } = knownOf(serverDistDir);
  const whole = pagePathOf(key);
  const locale = locales.find((one) => whole === `/${one}` || whole.startsWith(`/${one}/`));
  const paths = locale === undefined ? [whole] : [whole, whole.slice(locale.length + 1) || '/'];
  const names = paths.flatMap((path) => {
    const route = routerOf(path, routes)?.route;
    const own = route === undefined ? [] : [`${route}/page`, ...layoutsOf(route)];
    return [...spellingsOf(path), ...(path === '/' ? ['/index'] : []), ...layoutsOf(path), ...own];
  });
  return [...new Set(names)].map((name) => `${ofPath}${name}`);
}

/** A tag has the path as it was given, or encoded where a header could not carry it. */
function spellingsOf(path: string): string[] {
  const upper = encodeURI(path);
  return [path, upper, upper.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())];
}

/** Its own too: that is what is meant by a layout of one page. */
function layoutsOf(path: string): string[] {
  const segments = path.split('/').filter((segment) => segment !== '');
  return ['/layout', ...segments.map((_, at) => `/${segments.slice(0, at + 1).join('/')}/layout`)];
}

type Known = { locales: readonly string[]; routes: Routes };

const known = new Map<string, Known>();

function knownOf(serverDistDir = ''): Known {
  const here = known.get(serverDistDir) ?? read(serverDistDir);
  known.set(serverDistDir, here);
  return here;
}

function read(serverDistDir: string): Known {
  const pages = readJson(`${serverDistDir}/pages-manifest.json`);
  const i18n = readJson(`${serverDistDir}/../routes-manifest.json`)?.i18n as { locales?: string[] } | null;
  return { locales: i18n?.locales ?? [], routes: { app: {}, pages: Object.keys(pages ?? {}) } };
}
