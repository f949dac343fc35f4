import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import setUp from '../global-setup.ts';
import { movedBlogFolder, root } from '../system/places.ts';

/** As the most used starters do it: WordPress calls a post /hello, and the app shows it at /posts/hello. */
export default async function setUpMoved(): Promise<() => Promise<void>> {
  rmSync(movedBlogFolder, { recursive: true, force: true });
  cpSync(join(root, 'demo', 'blog'), movedBlogFolder, {
    recursive: true,
    filter: (file) => !['node_modules', '.next'].includes(basename(file)),
  });
  mkdirSync(join(movedBlogFolder, 'app', 'posts'));
  renameSync(join(movedBlogFolder, 'app', '[slug]'), join(movedBlogFolder, 'app', 'posts', '[slug]'));
  process.env.EVERYPOD_BLOG = movedBlogFolder;
  return setUp();
}
