import { expect, test } from '../scenario.ts';
import { newTitle } from '../wordpress/posts.ts';

test('A post that the app shows under another address is called out by name on the first Update, and is new there all the same', async ({
  pods,
  posts,
  writing,
  panel,
  deliveries,
}) => {
  const post = await posts.publish('The ferry leaves at noon');
  await deliveries.settled(post.id);
  for (const pod of pods) {
    expect((await fetch(`${pod.url}${post.path}`)).status).toBe(404);
    const shown = await fetch(`${pod.url}/posts${post.path}`);
    expect(await shown.text()).toContain(post.title);
  }
  await writing.open(post.id);
  await panel.open();
  const title = newTitle('The ferry leaves at one');
  await writing.retitle(title);
  await writing.save();

  const address = post.path.replace(/\/$/, '');
  const said = new RegExp(
    `No page of this site answers ${address}/? \\(404\\): does the site show posts under another address\\?`,
  );
  await expect(panel.sidebar.getByText(said)).toBeVisible();
  // Its tags reach it there.
  for (const pod of pods) {
    await expect.poll(async () => (await fetch(`${pod.url}/posts${post.path}`)).text()).toContain(title);
  }
});
