import { expectCopies, fillCaches } from '../pods/copies.ts';
import { test } from '../scenario.ts';
import { constant, withConfig } from '../wordpress/config-file.ts';
import { newTitle, type Posts } from '../wordpress/posts.ts';

/** A post, and where this blog shows it. */
async function publish(posts: Posts) {
  const [category] = await posts.twoCategories();
  const [author] = await posts.twoAuthors();
  const post = await posts.publish('The harbour has no tags', {
    categories: [category.id],
    author: author.id,
  });
  return { ...post, places: [`/posts${post.path}`, `/topics/${category.slug}`, `/people/${author.slug}`] };
}

test('What shows a post is new on every pod once it has changed, though the app tags nothing and WordPress knows none of its addresses', async ({
  pods,
  posts,
  deliveries,
  requestUtils,
}) => {
  const { id, title, places } = await publish(posts);
  await deliveries.settled(id);
  await fillCaches(pods, places);
  for (const place of places) await expectCopies(pods, place, { shows: title });
  const renamed = newTitle('The harbour has a name');
  await requestUtils.rest({ method: 'POST', path: `/wp/v2/posts/${id}`, data: { title: renamed } });
  await deliveries.settled(id);
  for (const place of places) await expectCopies(pods, place, { shows: renamed, lacks: title });
});

test('Where answers say nothing of what they were made of, the same pages stay as they are', async ({
  pods,
  posts,
  deliveries,
  requestUtils,
}) => {
  await withConfig(constant('EVERYPOD_KEYS', 'false'), async () => {
    const { id, title, places } = await publish(posts);
    const [place = ''] = places;
    await deliveries.settled(id);
    await fillCaches(pods, [place]);
    const renamed = newTitle('The harbour has a name that nobody sees');
    await requestUtils.rest({ method: 'POST', path: `/wp/v2/posts/${id}`, data: { title: renamed } });
    await deliveries.settled(id);
    await expectCopies(pods, place, { shows: title, lacks: renamed });
  });
});
