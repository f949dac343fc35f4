import { expectCopies, fillCaches } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';

test('"Take down now" asks by keyboard, tells every pod, and leaves the post as it is', async ({
  pods,
  posts,
  writing,
  panel,
  page,
  deliveries,
}) => {
  const post = await posts.publish('Ebb tide');
  const first = await deliveries.applied(post.id);
  await fillCaches(pods, [post.path]);
  await writing.open(post.id);
  await panel.open();

  await panel.takeDown.focus();
  await page.keyboard.press('Enter');
  await expect(panel.confirmation).toBeVisible();
  await expect(panel.confirmation).toHaveAccessibleDescription(
    /Visitors get no old copy from then on, even while WordPress can't be reached/,
  );
  await panel.confirmation.getByRole('button', { name: 'Take down now' }).focus();
  await page.keyboard.press('Enter');
  await expect(panel.confirmation).toBeHidden();
  await expect(panel.takeDown).toBeFocused();

  await expect.poll(async () => (await deliveries.ofPost(post.id))?.id).not.toBe(first.id);
  await panel.expectApplied(panel.sidebar, pods);
  const delivery = await deliveries.settled(post.id);
  expect(delivery.change).toBe('post.taken_down');
  for (const target of delivery.report?.targets ?? []) expect(target).toHaveProperty('vanishes', true);
  await expect(panel.sidebar.getByText(/pods made \S+ anew at/)).toBeVisible();
  await expectCopies(pods, post.path, { shows: post.title });
});

test('"Take down now" that is called off, by its button or by Escape, sends nothing', async ({
  posts,
  writing,
  panel,
  page,
  deliveries,
}) => {
  const post = await posts.publish('Flood tide');
  const first = await deliveries.applied(post.id);
  await writing.open(post.id);
  await panel.open();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('take-down')) asked.push(request.url());
  });

  await panel.takeDown.click();
  await panel.confirmation.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel.confirmation).toBeHidden();
  await expect(panel.takeDown).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel.confirmation).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel.confirmation).toBeHidden();
  await expect(panel.takeDown).toHaveAttribute('aria-disabled', 'false');
  expect(asked).toEqual([]);
  expect((await deliveries.ofPost(post.id))?.id).toBe(first.id);
});

test('A page that was taken back is gone on every pod, and the panel says so', async ({
  pods,
  posts,
  writing,
  panel,
  deliveries,
  page,
}) => {
  const post = await posts.publish('Rip current');
  await deliveries.applied(post.id);
  await fillCaches(pods, [post.path]);
  await posts.takeBack(post.id);
  await writing.open(post.id);
  await panel.open();

  const said = `${pods.length} of ${pods.length} pods no longer show ${post.path}/.`;
  await expect(panel.sidebar.getByText(said)).toBeVisible();
  for (const pod of pods) {
    const line = panel.table(panel.sidebar).getByRole('rowgroup').filter({ hasText: pod.name });
    await expect(line).toContainText(`${post.path}/ gone (404)`);
  }
  await expect(page.getByRole('button', { name: 'Take down now' })).toHaveCount(0);
});
