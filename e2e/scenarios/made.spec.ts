import { seenOnEveryPod } from '../editor/panel.ts';
import { expectCopies } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';
import { newTitle } from '../wordpress/posts.ts';

test('An edited page is made anew on every pod before anybody visits it, and the panel says that it shows the change', async ({
  pods,
  posts,
  writing,
  panel,
}) => {
  const post = await posts.publish('The lamp of the old lighthouse is lit again');
  await writing.open(post.id);
  await panel.open();
  const title = newTitle('The lamp of the old lighthouse went out at dawn');
  await writing.retitle(title);
  await writing.save();

  await expect(panel.sidebar.getByText(seenOnEveryPod(pods.length))).toBeVisible();
  for (const pod of pods) {
    const line = panel.table(panel.sidebar).getByRole('rowgroup').filter({ hasText: pod.name });
    await expect(line).toContainText(/applied in \d+ ms · fresh after .+ · \S+ made anew at .+, seen/);
    await expect(line.getByRole('img', { name: pod.name })).toBeVisible();
  }
  await expectCopies(pods, post.path, { shows: title, lacks: post.title });
});

test('A page that no pod serves is called out by its address, and nobody calls it fresh alone', async ({
  posts,
  writing,
  panel,
  deliveries,
}) => {
  // The blog has addresses of one part alone.
  const page = await posts.publishSubpage('Opening hours of the harbour office');
  await writing.open(page.id);
  await panel.open();
  await writing.retitle(newTitle('Opening hours of the harbour office in winter'));
  await writing.save();

  const said = `No page of this site answers ${page.path}/ (404): does the site show posts under another address?`;
  await expect(panel.sidebar.getByText(said)).toBeVisible();
  await deliveries.settled(page.id);
  await expect(panel.heading).toHaveText(/settled/);
});
