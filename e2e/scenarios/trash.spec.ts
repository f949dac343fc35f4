import { expectCopies, fillCaches } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';

test('A trashed post is gone from its address and from every list, on every pod', async ({
  pods,
  posts,
  postsList,
  deliveries,
}) => {
  const [category] = await posts.twoCategories();
  const [author] = await posts.twoAuthors();
  const post = await posts.publish('Jetsam', { categories: [category.id], author: author.id });
  await deliveries.settled(post.id);
  const lists = ['/', `/category/${category.slug}`, `/author/${author.slug}`];
  await fillCaches(pods, [post.path, ...lists]);
  for (const place of lists) await expectCopies(pods, place, { shows: post.title });

  await postsList.open();
  await postsList.trash(post.title);

  const delivery = await deliveries.applied(post.id);
  expect(delivery.change).toBe('post.trashed');
  await expectCopies(pods, post.path, { status: 404 });
  for (const place of lists) await expectCopies(pods, place, { lacks: post.title });
});
