import { expect, test } from '../scenario.ts';

test('"Revalidate now" works by keyboard and tells every pod again', async ({
  pods,
  posts,
  writing,
  panel,
  page,
  deliveries,
}) => {
  const post = await posts.publish('Slack tide');
  const first = await deliveries.applied(post.id);
  await writing.open(post.id);
  await panel.open();

  await panel.revalidate.focus();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await deliveries.ofPost(post.id))?.id).not.toBe(first.id);
  await panel.expectApplied(panel.sidebar, pods);
  expect((await deliveries.ofPost(post.id))?.change).toBe('post.revalidated');
});

test('A second "Revalidate now" within five seconds is refused with words', async ({
  posts,
  writing,
  panel,
  deliveries,
}) => {
  const post = await posts.publish('Neap tide');
  await deliveries.applied(post.id);
  await writing.open(post.id);
  await panel.open();

  await panel.revalidate.click();
  await expect(panel.revalidate).toHaveAttribute('aria-disabled', 'true');
  await expect(panel.revalidate).not.toHaveClass(/is-busy/);
  await expect(panel.revalidate).not.toHaveClass(/is-busy/);
  // It keeps the focus, so whoever presses again is answered; Playwright's click would wait until it rests no more.
  await panel.revalidate.press('Enter');
  await expect(panel.sidebar.getByText('Wait five seconds, then try again.')).toBeVisible();
});
