import type { ConnectionTest } from '../../wp-plugin/src/rest/shapes.ts';
import { expectCopies } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';
import { constant, withConfig } from '../wordpress/config-file.ts';
import { newTitle } from '../wordpress/posts.ts';

test('A wrong secret is named in the editor and in the connection test, and a retry with the right one arrives', async ({
  pods,
  posts,
  writing,
  panel,
  page,
  statusPage,
  deliveries,
  requestUtils,
}) => {
  const post = await posts.publish('A key that turns');
  await deliveries.applied(post.id);
  const title = newTitle('A key that does not turn');
  const connection = () =>
    requestUtils.rest<ConnectionTest>({ method: 'POST', path: '/everypod/v1/connection-test' });

  const wrong = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  await withConfig(constant('EVERYPOD_SECRET', wrong), async () => {
    await expect.poll(async () => (await connection()).passed).toBe(false);
    await writing.open(post.id);
    await panel.open();
    await writing.retitle(title);
    await writing.save();

    await expect.poll(async () => (await deliveries.ofPost(post.id))?.problem?.code).toBe('refused-secret');
    const problem = (await deliveries.ofPost(post.id))?.problem;
    await expect(panel.sidebar.getByText(problem?.message ?? '')).toBeVisible();
    await expect(panel.sidebar.getByText(problem?.advice ?? '')).toBeVisible();
    await expect(panel.table(panel.sidebar)).toBeHidden();

    await statusPage.open();
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(statusPage.connection.getByText('The connection does not work.')).toBeVisible();
    await expect(page.locator('body')).not.toContainText(wrong);
  });

  await expect.poll(async () => (await connection()).passed).toBe(true);
  await statusPage.open();
  await statusPage.deliveries.getByRole('button', { name: `Retry ${title}` }).click();
  await deliveries.applied(post.id);
  await expectCopies(pods, post.path, { shows: title });
});
