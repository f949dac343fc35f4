import setUp from '../global-setup.ts';
import { copyBlog } from '../system/blog-copy.ts';
import { movedBlogFolder } from '../system/places.ts';

/** As the most used starters do it: WordPress calls a post /hello, and the app shows it at /posts/hello. */
export default async function setUpMoved(): Promise<() => Promise<void>> {
  copyBlog(movedBlogFolder, { '[slug]': 'posts/[slug]' });
  return setUp();
}
