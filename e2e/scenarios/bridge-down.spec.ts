import { limits } from '../limits.ts';
import { fillCaches, readCopy } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';
import { newTitle } from '../wordpress/posts.ts';

test('A change that is saved while the bridge is down arrives by itself once it is up again', async ({
  pods,
  posts,
  writing,
  panel,
  wall,
  page,
  deliveries,
}) => {
  const post = await posts.publish('Ferry cancelled');
  await deliveries.applied(post.id);
  await fillCaches(pods, [post.path]);
  await writing.open(post.id);
  await panel.open();
  const title = newTitle('Ferry sails again');
  await writing.retitle(title);

  await wall.cutBridgeOff();
  try {
    await writing.save();
    await expect(panel.sidebar.getByText('The bridge has not accepted this change yet.')).toBeVisible();
    await expect(panel.sidebar.getByText(/WordPress tries again by itself at/)).toBeVisible();
    expect((await deliveries.ofPost(post.id))?.problem?.code).toBe('unreachable');
    // Nobody touches WordPress from here on.
    await page.goto('about:blank');
  } finally {
    await wall.bringBridgeBack();
  }

  for (const pod of pods) {
    await expect
      .poll(async () => (await readCopy(pod, post.path)).html, {
        timeout: limits.unattendedMs,
        message: `${pod.name} shows the change`,
      })
      .toContain(title);
  }
  expect((await deliveries.applied(post.id)).problem).toBeNull();
});
