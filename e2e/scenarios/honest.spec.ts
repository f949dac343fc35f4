import { limits } from '../limits.ts';
import { expect, test } from '../scenario.ts';
import { newTitle } from '../wordpress/posts.ts';

test('The panel says "fresh" only once every pod has settled', async ({
  posts,
  writing,
  panel,
  page,
  deliveries,
}) => {
  const post = await posts.publish('Turn of the tide');
  await deliveries.applied(post.id);
  await writing.open(post.id);
  await panel.open();

  // What the panel is told and what it then says, in the order in which it happened.
  const told: string[] = [];
  page.on('response', async (answer) => {
    if (!decodeURIComponent(answer.url()).includes(`/posts/${post.id}/delivery`)) return;
    const { delivery } = await answer.json();
    told.push(delivery?.state ?? 'none');
  });
  await writing.retitle(newTitle('Turn of the tide, again'));
  await writing.save();

  await expect(panel.sidebar.getByText(/Applied by all/)).toBeVisible();
  await expect(panel.sidebar).not.toContainText(/fresh/i);
  expect(told).not.toContain('settled');
  await expect(panel.sidebar.getByText(/Fresh on all/)).toBeVisible({ timeout: limits.eventEndMs });
  expect(told.at(-1)).toBe('settled');
});

test('The wall calls the copies fresh only once the bridge reports the last change as settled', async ({
  posts,
  deliveries,
  wall,
}) => {
  const post = await posts.publish('Wind against tide');
  await deliveries.applied(post.id);
  // Until its next look the wall may still speak of the change before.
  await expect(wall.fresh).toBeHidden();
  await expect(wall.fresh).toBeVisible({ timeout: limits.eventEndMs });
  expect((await deliveries.ofPost(post.id))?.state).toBe('settled');
});
