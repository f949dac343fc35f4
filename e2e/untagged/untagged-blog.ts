import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import setUp from '../global-setup.ts';
import { root, untaggedBlogFolder } from '../system/places.ts';

const noTags = 'export async function tagPage(_: unknown): Promise<void> {}\n';

/** What most apps are: nothing in it is for Everypod but its route and its setting. */
export default async function setUpUntagged(): Promise<() => Promise<void>> {
  rmSync(untaggedBlogFolder, { recursive: true, force: true });
  cpSync(join(root, 'demo', 'blog'), untaggedBlogFolder, {
    recursive: true,
    filter: (file) => !['node_modules', '.next'].includes(basename(file)),
  });
  const app = join(untaggedBlogFolder, 'app');
  mkdirSync(join(app, 'posts'));
  renameSync(join(app, '[slug]'), join(app, 'posts', '[slug]'));
  renameSync(join(app, 'category'), join(app, 'topics'));
  renameSync(join(app, 'author'), join(app, 'people'));
  writeFileSync(join(untaggedBlogFolder, 'wordpress', 'page-tags.ts'), noTags);
  process.env.EVERYPOD_BLOG = untaggedBlogFolder;
  return setUp();
}
