import type { Settings } from '../../wp-plugin/src/rest/shapes.ts';
import { expectCopies, fillCaches } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';
import { constant, withConfig } from '../wordpress/config-file.ts';
import { newTitle } from '../wordpress/posts.ts';

const noGuarantee = 'This mode has no guarantee: nobody catches up.';

test('B9 A save that goes to a load balancer makes all pods fresh, and every screen says who was told and that nothing is guaranteed', async ({
  addresses,
  pods,
  posts,
  writing,
  panel,
  statusPage,
  deliveries,
  requestUtils,
}) => {
  const post = await posts.publish('One pod tells the others');
  await deliveries.applied(post.id);
  await fillCaches(pods, [post.path]);
  const title = newTitle('Every pod was told');
  const destination = async () =>
    (await requestUtils.rest<Settings>({ path: '/everypod/v1/settings' })).destination.value;

  const toBalancer = (config: string) =>
    constant(
      'EVERYPOD_DESTINATION',
      'load-balancer',
    )(constant('EVERYPOD_BRIDGE_URL', `${addresses.balancer}/siteapi/revalidate`)(config));
  await withConfig(toBalancer, async () => {
    await expect.poll(destination).toBe('load-balancer');
    await writing.open(post.id);
    await panel.open();
    await writing.retitle(title);
    await writing.save();

    await expect(panel.sidebar.getByText(`Told all ${pods.length} pods.`)).toBeVisible();
    await expect(panel.sidebar.getByText(noGuarantee)).toBeVisible();
    for (const pod of pods)
      await expect(panel.line(panel.sidebar, pod)).toContainText(/told.*\d+ ms|told.*\d s/);
    await expect(panel.sidebar).not.toContainText(/fresh|applied|settled/i);
    await expectCopies(pods, post.path, { shows: title });

    await statusPage.open();
    const { connection } = statusPage;
    await expect(connection.getByText('Set by the constant EVERYPOD_DESTINATION')).toBeVisible();
    await connection.getByRole('button', { name: 'Test connection' }).click();
    await expect(connection.getByText('The connection works.')).toBeVisible();
    await expect(connection.getByText(`${pods.length} of ${pods.length} pods were told`)).toBeVisible();
    const lines = statusPage.pods.getByRole('table', { name: 'What each pod answered' });
    for (const pod of pods) {
      await expect(lines.getByRole('row').filter({ hasText: pod.name })).toContainText(pod.ip);
    }
    await expect(statusPage.pods.getByText(noGuarantee)).toBeVisible();
  });
  await expect.poll(destination).toBe('bridge');
});
