import { limits } from '../limits.ts';
import { expect, test } from '../scenario.ts';
import { newTitle } from '../wordpress/posts.ts';

test('The panel says "fresh" only once every pod has settled', async ({
  pods,
  posts,
  writing,
  panel,
  page,
  wall,
  deliveries,
}) => {
  const post = await posts.publish('Turn of the tide');
  const published = await deliveries.settled(post.id);
  await writing.open(post.id);
  await panel.open();
  const fresh = panel.sidebar.getByText(/Fresh on all/);
  const [frozen, ...others] = pods;
  if (frozen === undefined) throw new Error('There is no pod to freeze.');

  // What the panel is told of the change to come, in the order in which it happened.
  const told: string[] = [];
  page.on('response', async (answer) => {
    if (!decodeURIComponent(answer.url()).includes(`/posts/${post.id}/delivery`)) return;
    const { delivery } = await answer.json();
    if (delivery !== null && delivery.id !== published.id) told.push(delivery.state);
  });
  await writing.retitle(newTitle('Turn of the tide, again'));
  await wall.freeze(frozen.name);
  try {
    await writing.save();
    for (const pod of others) await expect(panel.line(panel.sidebar, pod)).toContainText(/settled/);
    await expect.poll(() => told.length).toBeGreaterThan(1);
    await expect(fresh).toBeHidden();
    expect(told).not.toContain('settled');
  } finally {
    await wall.thaw(frozen.name);
  }
  await expect(fresh).toBeVisible({ timeout: limits.eventEndMs });
  // The page may have read its answer before this test has.
  await expect.poll(() => told.at(-1)).toBe('settled');
});

test('The wall calls the copies fresh only once the bridge reports the last change as settled', async ({
  pods,
  posts,
  deliveries,
  wall,
}) => {
  const [frozen] = pods;
  if (frozen === undefined) throw new Error('There is no pod to freeze.');
  await wall.freeze(frozen.name);
  let postId: number;
  try {
    postId = (await posts.publish('Wind against tide')).id;
    await expect.poll(async () => (await deliveries.ofPost(postId))?.state).toBe('accepted');
    // Until its next look the wall may still speak of the change before.
    await expect(wall.fresh).toBeHidden();
  } finally {
    await wall.thaw(frozen.name);
  }
  await expect(wall.fresh).toBeVisible({ timeout: limits.eventEndMs });
  expect((await deliveries.ofPost(postId))?.state).toBe('settled');
});
