import { freshOnEveryPod, onEveryPod } from '../editor/panel.ts';
import { limits } from '../limits.ts';
import { expectCopies, fillCaches } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';
import { newTitle } from '../wordpress/posts.ts';

test('An edited title shows on the post, the front page, its category and its author, on every pod', async ({
  pods,
  posts,
  writing,
  panel,
  deliveries,
}) => {
  const [category] = await posts.twoCategories();
  const [author] = await posts.twoAuthors();
  const post = await posts.publish('Harbour lights', { categories: [category.id], author: author.id });
  await deliveries.applied(post.id);
  const places = [post.path, '/', `/category/${category.slug}`, `/author/${author.slug}`];
  await fillCaches(pods, places);

  await writing.open(post.id);
  await panel.open();
  const title = newTitle('Harbour lights, seen twice');
  await writing.retitle(title);
  await writing.save();

  await panel.expectApplied(panel.sidebar, pods);
  // Until then visitors are given a page as it was while it is made.
  await expect(panel.sidebar.getByText(freshOnEveryPod(pods.length))).toBeVisible();
  for (const place of places) await expectCopies(pods, place, { shows: title, lacks: post.title });

  // Spoken once, at the end, so that a screen reader is not interrupted by every step.
  await expect(panel.spoken).toContainText(onEveryPod(pods.length), { timeout: limits.eventEndMs });
});
