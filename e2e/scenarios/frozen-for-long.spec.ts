import { limits } from '../limits.ts';
import { expectCopiesSoon, fillCaches } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';
import { newTitle } from '../wordpress/posts.ts';

test('A pod that is frozen for long leaves DNS, and is ready again by itself once it is thawed', async ({
  pods,
  posts,
  deliveries,
  wall,
  requestUtils,
}) => {
  const post = await posts.publish('A long fog');
  await deliveries.applied(post.id);
  await fillCaches(pods, [post.path]);
  const [frozen, ...others] = [...pods].reverse();
  if (frozen === undefined) throw new Error('There is no pod to freeze.');

  await wall.freeze(frozen.name);
  const title = newTitle('A long fog, and its end');
  try {
    await requestUtils.rest({ method: 'POST', path: `/wp/v2/posts/${post.id}`, data: { title } });
    await expect(wall.copy(frozen.name)).toContainText('frozen, no visitors');
    const delivery = await deliveries.applied(post.id, { timeout: limits.eventEndMs });
    expect(delivery.report?.counts).toMatchObject({ applied: others.length, gone: 1 });
  } finally {
    await wall.thaw(frozen.name);
  }

  await wall.expectReady(frozen.name);
  await expectCopiesSoon(frozen, post.path, { shows: title, lacks: post.title });
});
