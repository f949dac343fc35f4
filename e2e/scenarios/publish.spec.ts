import { freshOnEveryPod } from '../editor/panel.ts';
import { expectCopies, fillCaches } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';
import { newTitle } from '../wordpress/posts.ts';

test('A published post turns three pods, and the editor sees a line for each', async ({
  pods,
  posts,
  writing,
  panel,
  page,
}) => {
  const [category] = await posts.twoCategories();
  const title = newTitle('Low water at noon');
  const path = `/${title.toLowerCase().replaceAll(' ', '-')}`;
  const lists = ['/', `/category/${category.slug}`, '/author/admin'];
  // A pod also keeps the answer "there is nothing here" of a page that is not published yet.
  await fillCaches(pods, [path, ...lists]);
  await expectCopies(pods, path, { status: 404 });

  await writing.start(title, { category: category.name });
  await writing.publish();

  expect(pods).toHaveLength(3);
  await panel.expectApplied(panel.afterPublishing, pods);
  await expect(panel.afterPublishing.getByText(freshOnEveryPod(pods.length))).toBeVisible();
  for (const place of [path, ...lists]) await expectCopies(pods, place, { shows: title });

  await page.getByRole('button', { name: 'Close panel' }).click();
  await panel.open();
  await panel.expectApplied(panel.sidebar, pods);
});

test('A draft is sent to no pod', async ({ requestUtils, deliveries, admin, editor, panel, page }) => {
  await admin.createNewPost({ title: newTitle('Half a thought') });
  await editor.saveDraft();
  const postId = Number(new URL(page.url()).searchParams.get('post'));
  expect(await deliveries.ofPost(postId)).toBeNull();
  await panel.open();
  await expect(panel.sidebar.getByText('Every pod is told once this is published.')).toBeVisible();
  await requestUtils.rest({ method: 'DELETE', path: `/wp/v2/posts/${postId}`, params: { force: true } });
});
