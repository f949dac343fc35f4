import { posix } from 'node:path';
import type { RepositoryFile, Rule } from './file.ts';

export const links: Rule = {
  says: 'Every link between the documents leads to something',
  faults: (files) => {
    const known = new Set(files.flatMap(({ path }) => withFolders(path)));
    return files
      .filter(({ path }) => path.endsWith('.md'))
      .flatMap((file) =>
        linksOf(file)
          .filter((link) => !known.has(resolveLink(file.path, link)))
          .map((link) => `${file.path} links to ${link}, which is not there.`),
      );
  },
};

function linksOf({ text }: RepositoryFile): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const images = [...prose.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link);
  return [...inline, ...images].filter((link) => !/^(?:[a-z]+:|#|\/\/)/i.test(link));
}

function resolveLink(from: string, link: string): string {
  const [path = ''] = link.split('#');
  return posix.normalize(posix.join(posix.dirname(from), decodeURIComponent(path))).replace(/\/$/, '');
}

function withFolders(path: string): string[] {
  const parts = path.split('/');
  return ['.', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}
