/** The routes that a build knows, so that the pod can say what it cannot reach. */
export type Routes = {
  /** App Router: the file it is made from, `/(shop)/product/[id]/page`, to the route it serves, `/product/[id]`. */
  app: Readonly<Record<string, string>>;
  /** Pages Router: the routes it serves. */
  pages: readonly string[];
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

/** Which router serves a path; null when no page of the build does. */
export function routerOf(path: string, routes: Routes): { router: 'app' | 'pages'; route: string } | null {
  const app = { router: 'app', routes: Object.values(routes.app) } as const;
  const pages = { router: 'pages', routes: routes.pages } as const;
  for (const matches of [(route: string) => route === path, (route: string) => fits(route, path)]) {
    for (const { router, routes: candidates } of [app, pages]) {
      const route = candidates.find(matches);
      if (route !== undefined) return { router, route };
    }
  }
  return null;
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

function fits(route: string, path: string): boolean {
  const pattern = route
    .split('/')
    .map((segment) => {
      if (/^\[\[\.\.\..+\]\]$/.test(segment)) return '(?:/.*)?';
      if (/^\[\.\.\..+\]$/.test(segment)) return '/.+';
      if (/^\[.+\]$/.test(segment)) return '/[^/]+';
      return segment === '' ? '' : `/${segment.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`;
    })
    .join('');
  return new RegExp(`^${pattern || '/'}$`).test(path);
}
