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
  // A pod that has yet to settle the publication would apply it once more in the middle, and be fresh by that.
  await deliveries.settled(post.id);
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

test('A button of the wall that was pressed with a key keeps the focus, whatever becomes of its pod', async ({
  pods,
  wall,
}) => {
  const [pod] = pods;
  if (pod === undefined) throw new Error('There is no pod to kill.');
  const kill = wall.button(`Kill ${pod.name}`);
  const restart = wall.button(`Restart ${pod.name}`);
  try {
    await kill.press('Enter');
    await expect(kill).toHaveAttribute('aria-disabled', 'true');
    await expect(wall.copy(pod.name)).toContainText(/\bstopped\b/);
    await expect(kill).toBeFocused();
  } finally {
    await restart.press('Enter');
  }
  await wall.expectReady(pod.name);
  await expect(restart).toBeFocused();
});

test('The wall says that the demo does not answer for as long as it does not', async ({ wall }) => {
  await wall.holdAnswersBack();
  await expect(wall.said).toContainText('The demo does not answer.');
  await wall.letAnswersThrough();
  await expect(wall.said).toBeEmpty();
});
