/** The routes that a build knows, so that the pod can say what it cannot reach. */
export type Routes = {
  /** App Router: the file it is made from, `/(shop)/product/[id]/page`, to the route it serves, `/product/[id]`. */
  app: Readonly<Record<string, string>>;
  /** Pages Router: the routes it serves. */
  pages: readonly string[];
  /** Whether the pages of the Pages Router are reached, which Next.js's own calls do not do. */
  pagesReached?: boolean;
  /** What must not be invalidated, as it is now; null or absent where there is no such page. */
  closed?: () => Closed | null;
};

/**
 * Pages that the framework cannot make again: once invalidated, it answers 404 for them until the next build. An old page
 * is better than none, so nothing is called that would reach one.
 */
export type Closed = {
  /** The routes that serve them. */
  routes: ReadonlySet<string>;
  /** Whether one of them is known by this path, in any spelling. */
  has(path: string): boolean;
  /** Whether one of them would be invalidated by this tag. */
  carries(tag: string): boolean;
};

/**
 * Next.js knows a pattern by its folders, route groups and slots included. This finds the folders that a pattern
 * without them may mean; none when no page of the build has it.
 */
export function foldersOf(pattern: string, scope: 'page' | 'layout', routes: Routes): string[] {
  const wanted = pattern === '/' ? pattern : pattern.replace(/\/+$/, '');
  const files = Object.keys(routes.app).filter((file) => scope === 'layout' || file.endsWith('/page'));
  const folders = files.flatMap((file) => {
    const folder = file.slice(0, file.lastIndexOf('/')) || '/';
    return scope === 'page' ? [folder] : [folder, ...parentsOf(folder)];
  });
  return [...new Set(folders)].filter((folder) => folder === wanted || served(folder) === wanted);
}

type Served = { router: 'app' | 'pages'; route: string };

/** The routes by their segments. */
type Branch = {
  named: Map<string, Branch>;
  /** Below `[slug]`. */
  any: Branch | null;
  /** Of a path that ends here, of one that goes on by `[...path]`, and of either by `[[...path]]`. */
  here: Served | null;
  more: Served | null;
  moreOrNone: Served | null;
};

/** By the routes of a build, so that they are taken apart once and not for each path. */
const trees = new WeakMap<Routes, Branch>();

/** Which router serves a path; null when no page of the build does. */
export function routerOf(path: string, routes: Routes): Served | null {
  let tree = trees.get(routes);
  if (tree === undefined) {
    tree = treeOf(routes);
    trees.set(routes, tree);
  }
  return find(tree, segmentsOf(path), 0);
}

function treeOf(routes: Routes): Branch {
  const tree = newBranch();
  // Where both routers have a route, the first stays.
  for (const route of Object.values(routes.app)) add(tree, { router: 'app', route });
  for (const route of routes.pages) add(tree, { router: 'pages', route });
  return tree;
}

function add(tree: Branch, served: Served): void {
  let branch = tree;
  for (const segment of segmentsOf(served.route)) {
    if (/^\[\[\.\.\..+\]\]$/.test(segment)) {
      branch.moreOrNone ??= served;
      return;
    }
    if (/^\[\.\.\..+\]$/.test(segment)) {
      branch.more ??= served;
      return;
    }
    branch = /^\[.+\]$/.test(segment) ? anyBranch(branch) : namedBranch(branch, segment);
  }
  branch.here ??= served;
}

/** As Next.js does: a name before a parameter, and either before what takes all that follows. */
function find(branch: Branch, segments: readonly string[], from: number): Served | null {
  const segment = segments[from];
  if (segment === undefined) return branch.here ?? branch.moreOrNone;
  const named = branch.named.get(segment);
  const found = named === undefined ? null : find(named, segments, from + 1);
  if (found !== null || segment === '') return found;
  return (branch.any && find(branch.any, segments, from + 1)) ?? branch.more ?? branch.moreOrNone;
}

function anyBranch(branch: Branch): Branch {
  branch.any ??= newBranch();
  return branch.any;
}

function namedBranch({ named }: Branch, segment: string): Branch {
  const branch = named.get(segment) ?? newBranch();
  named.set(segment, branch);
  return branch;
}

function newBranch(): Branch {
  return { named: new Map(), any: null, here: null, more: null, moreOrNone: null };
}

function segmentsOf(path: string): string[] {
  return path === '/' ? [] : path.slice(1).split('/');
}

export function isPattern(path: string): boolean {
  return /\/\[[^/]+\](\/|$)/.test(path);
}

function parentsOf(folder: string): string[] {
  const segments = folder.split('/').slice(1);
  return segments
    .map((_, count) => `/${segments.slice(0, count).join('/')}`)
    .filter((parent) => parent !== '/');
}

function served(folder: string): string {
  const segments = folder.split('/').filter((segment) => !/^(\([^.)][^)]*\)|@.*)$/.test(segment));
  return segments.join('/') || '/';
}
