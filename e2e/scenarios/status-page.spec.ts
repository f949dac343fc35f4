import type { Settings } from '../../wp-plugin/src/rest/shapes.ts';
import { expect, test } from '../scenario.ts';
import { constant, withConfig } from '../wordpress/config-file.ts';

test('The status page shows the connection, the pods and the last deliveries with their reports', async ({
  pods,
  posts,
  page,
  statusPage,
  deliveries,
}) => {
  const post = await posts.publish('Log of the watch');
  await deliveries.applied(post.id);
  await statusPage.open();

  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(statusPage.connection.getByText('The connection works.')).toBeVisible();

  for (const pod of pods) {
    const row = statusPage.pods
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: pod.name }) });
    await expect(row).toContainText(pod.ip);
    await expect(row).toContainText('nothing');
  }

  await statusPage.deliveries.getByRole('button', { name: `Show report ${post.title}` }).click();
  const report = statusPage.deliveries.getByRole('table', { name: 'What each pod answered' });
  for (const pod of pods) await expect(report).toContainText(pod.name);
  await statusPage.deliveries.getByText(/^Targets/).click();
  await expect(statusPage.deliveries.getByText(post.path).first()).toBeVisible();
  await expect(statusPage.deliveries.getByText(`wp:post:${post.id}`)).toBeVisible();
});

test('Constants win over the form, and the secret is never printed', async ({
  addresses,
  page,
  statusPage,
  requestUtils,
}) => {
  await statusPage.open();
  await expect(statusPage.connection.getByText('Set by the constant EVERYPOD_BRIDGE_URL')).toBeVisible();
  await expect(statusPage.connection.getByText('Set by the constant EVERYPOD_SECRET')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Bridge address' })).toBeDisabled();
  expect(await page.content()).not.toContain(addresses.bridge.secret);
  expect(JSON.stringify(await requestUtils.rest({ path: '/everypod/v1/settings' }))).not.toContain(
    addresses.bridge.secret,
  );
});

test('Without constants the form saves a private address and a secret, refuses loopback, and the editor says what is missing', async ({
  posts,
  page,
  writing,
  panel,
  statusPage,
  requestUtils,
}) => {
  const post = await posts.publish('No bridge in sight');
  const settings = () => requestUtils.rest<Settings>({ path: '/everypod/v1/settings' });
  const without = (config: string) =>
    constant('EVERYPOD_SECRET', null)(constant('EVERYPOD_BRIDGE_URL', null)(config));

  await withConfig(without, async () => {
    await expect.poll(async () => (await settings()).bridgeUrl.source).toBe('none');
    await writing.open(post.id);
    await panel.open();
    await expect(panel.sidebar.getByText('Everypod is not set up')).toBeVisible();
    await panel.sidebar.getByRole('link', { name: 'Set up Everypod' }).click();

    const destinations = page.getByRole('group', { name: 'Where changes are sent' });
    const bridge = destinations.getByRole('radio', { name: 'A bridge' });
    await expect(bridge).toBeChecked();
    await bridge.press('ArrowDown');
    await expect(destinations.getByRole('radio', { name: /load balancer/ })).toBeChecked();
    await expect(page.getByRole('textbox', { name: "Address of the pods' route" })).toBeVisible();
    await destinations.getByRole('radio', { name: /load balancer/ }).press('ArrowUp');
    await expect(bridge).toBeChecked();

    const address = page.getByRole('textbox', { name: 'Bridge address' });
    const save = page.getByRole('button', { name: 'Save connection' });
    await address.fill('http://127.0.0.1:8080');
    await save.click();
    await expect(statusPage.connection.getByRole('status')).toContainText(/EVERYPOD_BRIDGE_URL/);

    const secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    await address.fill('http://10.20.30.40:8080');
    await page.getByLabel('Secret', { exact: true }).fill(secret);
    await save.click();
    await expect(statusPage.connection.getByText('Saved.', { exact: true })).toBeVisible();
    await page.reload();
    await expect(statusPage.connection.getByText('A secret is saved.')).toBeVisible();
    expect(await page.content()).not.toContain(secret);
    expect(JSON.stringify(await settings())).not.toContain(secret);

    await requestUtils.rest({
      method: 'POST',
      path: '/everypod/v1/settings',
      data: { bridgeUrl: '', secret: null },
    });
  });
  await expect.poll(async () => (await settings()).bridgeUrl.source).toBe('constant');
});
