import { expect, test } from '../scenario.ts';

test('The panel stands open for whoever has never seen it, and stays closed for whoever closed it', async ({
  posts,
  writing,
  panel,
  page,
  requestUtils,
}) => {
  const post = await posts.publish('Ebb tide');
  await requestUtils.rest({
    method: 'POST',
    path: '/wp/v2/users/me',
    data: { meta: { persisted_preferences: { _modified: new Date().toISOString() } } },
  });
  await writing.open(post.id);
  await panel.openSidebar();
  await expect(panel.heading).toHaveAttribute('aria-expanded', 'true');

  const remembered = page.waitForResponse((answer) => answer.url().includes('users'));
  await panel.heading.click();
  await remembered;
  await page.reload();
  await panel.openSidebar();
  await expect(panel.heading).toHaveAttribute('aria-expanded', 'false');
});
