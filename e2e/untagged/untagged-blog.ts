import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import setUp from '../global-setup.ts';
import { copyBlog } from '../system/blog-copy.ts';
import { untaggedBlogFolder } from '../system/places.ts';

const noTags = 'export async function tagPage(_: unknown): Promise<void> {}\n';

/** What most apps are: nothing in it is for Everypod but its route and its setting. */
export default async function setUpUntagged(): Promise<() => Promise<void>> {
  copyBlog(untaggedBlogFolder, { '[slug]': 'posts/[slug]', category: 'topics', author: 'people' });
  writeFileSync(join(untaggedBlogFolder, 'wordpress', 'page-tags.ts'), noTags);
  return setUp();
}
