import type { ConnectionTest } from '../../wp-plugin/src/rest/shapes.ts';
import { limits } from '../limits.ts';
import { expectCopies } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';
import { constant, withConfig } from '../wordpress/config-file.ts';
import { newTitle } from '../wordpress/posts.ts';

test('A wrong secret is named in the editor and on the status page, and the change arrives once it is right', async ({
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
    expect(await page.content()).not.toContain(wrong);

    const attempts = (await deliveries.ofPost(post.id))?.attempts ?? 0;
    await statusPage.deliveries.getByRole('button', { name: /^Retry A key that/ }).click();
    await expect.poll(async () => (await deliveries.ofPost(post.id))?.attempts).toBeGreaterThan(attempts);
    await expect(statusPage.deliveries.getByText(problem?.message ?? '').first()).toBeVisible();
  });

  await expect.poll(async () => (await connection()).passed).toBe(true);
  await deliveries.applied(post.id, { timeout: limits.unattendedMs });
  await deliveries.settled(post.id);
  await expectCopies(pods, post.path, { shows: title });
});
