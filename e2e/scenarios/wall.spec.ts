import { readCopy } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';

test('With Everypod switched off the pods disagree, and switched on again they agree', async ({
  pods,
  posts,
  deliveries,
  requestUtils,
  wall,
}) => {
  const post = await posts.publish('Two truths');
  await deliveries.applied(post.id);
  for (const pod of pods) await readCopy(pod, post.path);
  const retitle = (title: string) =>
    requestUtils.rest({ method: 'POST', path: `/wp/v2/posts/${post.id}`, data: { title } });
  const showing = async (title: string) => {
    const copies = await Promise.all(pods.map((pod) => readCopy(pod, post.path)));
    return copies.filter(({ html }) => html.includes(title)).length;
  };

  await wall.turnEverypod(false);
  const changed = `${post.title} and counting`;
  try {
    await retitle(changed);
    await expect.poll(() => showing(changed)).toBe(1);
  } finally {
    await wall.turnEverypod(true);
  }
  await expect.poll(() => showing(changed)).toBe(pods.length);
});
