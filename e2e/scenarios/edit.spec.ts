import { expectCopies, fillCaches } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';
import { newTitle } from '../wordpress/posts.ts';

test('An edited title shows on the post, the front page, its category and its author, on every pod', async ({
  pods,
  posts,
  writing,
  panel,
  page,
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
  for (const place of places) await expectCopies(pods, place, { shows: title, lacks: post.title });

  await expect(panel.spoken).toContainText(/(Applied by|Settled on) all/);
  await expect(page.getByRole('region', { name: 'Editor settings' })).not.toContainText(/fresh/i);
});
