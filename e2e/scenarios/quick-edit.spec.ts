import { expectCopies, fillCaches } from '../pods/copies.ts';
import { test } from '../scenario.ts';
import { newTitle } from '../wordpress/posts.ts';

test('Quick Edit moves a post between categories and authors, on every pod', async ({
  pods,
  posts,
  postsList,
  deliveries,
}) => {
  const [oldCategory, newCategory] = await posts.twoCategories();
  const [oldAuthor, newAuthor] = await posts.twoAuthors();
  const post = await posts.publish('The salt road', {
    categories: [oldCategory.id],
    author: oldAuthor.id,
  });
  await deliveries.settled(post.id);
  const left = [`/category/${oldCategory.slug}`, `/author/${oldAuthor.slug}`];
  const joined = [`/category/${newCategory.slug}`, `/author/${newAuthor.slug}`];
  await fillCaches(pods, [post.path, '/', ...left, ...joined]);
  for (const place of left) await expectCopies(pods, place, { shows: post.title });

  const title = newTitle('The salt road, moved');
  await postsList.open();
  await postsList.quickEdit(post.title, {
    title,
    author: String(newAuthor.id),
    from: oldCategory.name,
    to: newCategory.name,
  });

  await deliveries.settled(post.id);
  for (const place of [post.path, '/', ...joined]) {
    await expectCopies(pods, place, { shows: title, lacks: post.title });
  }
  for (const place of left) await expectCopies(pods, place, { lacks: post.title });
  for (const place of left) await expectCopies(pods, place, { lacks: title });
});

test('A changed slug leaves the old address empty and fills the new one, on every pod', async ({
  pods,
  posts,
  postsList,
  deliveries,
}) => {
  const post = await posts.publish('A chart redrawn');
  await deliveries.settled(post.id);
  const moved = `${post.slug}-moved`;
  await fillCaches(pods, [post.path, `/${moved}`, '/']);
  await expectCopies(pods, `/${moved}`, { status: 404 });

  await postsList.open();
  await postsList.quickEdit(post.title, { slug: moved });

  await deliveries.settled(post.id);
  await expectCopies(pods, post.path, { status: 404 });
  await expectCopies(pods, `/${moved}`, { shows: post.title });
  await expectCopies(pods, '/', { shows: `/${moved}` });
});
