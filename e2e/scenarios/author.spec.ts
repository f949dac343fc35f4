import { RequestUtils } from '@wordpress/e2e-test-utils-playwright';
import type { PostDelivery } from '../../wp-plugin/src/rest/shapes.ts';
import { createPanel } from '../editor/panel.ts';
import { expect, test } from '../scenario.ts';
import { withoutWelcome } from '../wordpress/without-welcome.ts';

// A second try begins in a new process, and WordPress knows the first one's author already.
const username = `lookout-${Date.now().toString(36)}`;
const author = { username, password: 'a-long-enough-password' };

test.beforeAll(async ({ requestUtils, addresses }) => {
  await requestUtils.createUser({ ...author, email: `${username}@example.org`, roles: ['author'] });
  await withoutWelcome(await RequestUtils.setup({ user: author, baseURL: addresses.wordpress.url }));
});

test('An author sees the report of their own post without the pods’ addresses, and no one else’s', async ({
  addresses,
  pods,
  posts,
  deliveries,
}) => {
  const others = await posts.publish('Not yours to read');
  await deliveries.applied(others.id);
  const requests = await RequestUtils.setup({ user: author, baseURL: addresses.wordpress.url });
  const own = await requests.rest<{ id: number }>({
    method: 'POST',
    path: '/wp/v2/posts',
    data: { title: 'Mine', status: 'publish' },
  });
  await deliveries.applied(own.id);

  const seen = await requests.rest<PostDelivery>({ path: `/everypod/v1/posts/${own.id}/delivery` });
  expect(seen.delivery?.report?.pods).toHaveLength(pods.length);
  for (const pod of pods) expect(JSON.stringify(seen)).not.toContain(pod.ip);

  for (const path of [
    `/everypod/v1/posts/${others.id}/delivery`,
    '/everypod/v1/pods',
    '/everypod/v1/deliveries',
    '/everypod/v1/settings',
  ]) {
    await expect(requests.rest({ path }), path).rejects.toMatchObject({ data: { status: 403 } });
  }
  await expect(
    requests.rest({ method: 'POST', path: `/everypod/v1/posts/${others.id}/revalidate` }),
  ).rejects.toMatchObject({ data: { status: 403 } });
});

test('An author’s panel shows a line per pod, and the status page is closed to them', async ({
  addresses,
  pods,
  deliveries,
  browser,
  staticFiles,
}) => {
  const requests = await RequestUtils.setup({ user: author, baseURL: addresses.wordpress.url });
  const own = await requests.rest<{ id: number }>({
    method: 'POST',
    path: '/wp/v2/posts',
    data: { title: 'Mine too', status: 'publish' },
  });
  await deliveries.applied(own.id);

  const context = await browser.newContext({
    baseURL: addresses.wordpress.url,
    storageState: { cookies: (await requests.request.storageState()).cookies, origins: [] },
  });
  await staticFiles.serve(context);
  const page = await context.newPage();
  await page.goto(`/wp-admin/post.php?post=${own.id}&action=edit`);
  const panel = createPanel(page);
  await panel.open();
  await panel.expectApplied(panel.sidebar, pods);
  for (const pod of pods) await expect(panel.sidebar).not.toContainText(pod.ip);

  await page.goto('/wp-admin/options-general.php?page=everypod');
  await expect(page.getByText(/not allowed to access this page/)).toBeVisible();
  // The screen may still load; nobody waits for its files any more.
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
});
