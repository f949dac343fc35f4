import { freshOnEveryPod } from '../editor/panel.ts';
import { limits } from '../limits.ts';
import { expectCopies, expectCopiesSoon, fillCaches, readCopy } from '../pods/copies.ts';
import { type LivePod, readLivePods } from '../pods/live-pods.ts';
import { expect, test } from '../scenario.ts';
import { newTitle } from '../wordpress/posts.ts';

test('A killed pod is unreachable while the others apply, and shows the new page on its first request after a restart', async ({
  pods,
  posts,
  writing,
  panel,
  wall,
  deliveries,
}) => {
  const post = await posts.publish('A lamp goes out');
  await deliveries.applied(post.id);
  await fillCaches(pods, [post.path, '/']);
  await writing.open(post.id);
  await panel.open();
  const title = newTitle('A lamp is lit again');
  await writing.retitle(title);

  const [killed, ...others] = [...pods].reverse();
  if (killed === undefined) throw new Error('There is no pod to kill.');
  await wall.kill(killed.name);
  await writing.save();

  await expect(panel.line(panel.sidebar, killed)).toContainText('unreachable');
  for (const pod of others) await expect(panel.line(panel.sidebar, pod)).toContainText('settled');
  await expectCopies(others, post.path, { shows: title });
  const delivery = await deliveries.ofPost(post.id);
  expect(delivery?.report?.pods.find(({ name }) => name === killed.name)?.reason).toBeTruthy();

  await wall.restart(killed.name);
  await wall.expectReady(killed.name);
  await expect.poll(async () => isReady(killed.url)).toBe(true);
  await expectCopies([killed], post.path, { shows: title, lacks: post.title });
  await expectCopies([killed], '/', { shows: title });
  // Where it had left the Service before it was back, the report was final without it.
  const final = async () => (await deliveries.ofPost(post.id))?.report;
  await expect.poll(async () => (await final())?.final, { timeout: limits.eventEndMs }).toBe(true);
  if ((await final())?.counts.gone === 1) {
    await expect(panel.sidebar.getByText(freshOnEveryPod(others.length))).toBeVisible();
    await expect(panel.line(panel.sidebar, killed)).toContainText('gone');
  } else {
    await panel.expectApplied(panel.sidebar, pods);
    await expect(panel.sidebar).toContainText(
      new RegExp(
        `${others.length} of ${pods.length} now; ${killed.name} (caught up|applied it) \\d+ s later`,
      ),
    );
  }
  await expect(wall.copy(killed.name)).toContainText(new RegExp(`Cursor\\s*${delivery?.report?.seq}\\b`));
});

test('A frozen pod is named, and shows the new page by itself once it runs again', async ({
  pods,
  posts,
  writing,
  panel,
  wall,
  deliveries,
}) => {
  const post = await posts.publish('A lamp flickers');
  await deliveries.applied(post.id);
  await fillCaches(pods, [post.path]);
  await writing.open(post.id);
  await panel.open();
  const title = newTitle('A lamp steadies');
  await writing.retitle(title);

  const [frozen, ...others] = pods;
  if (frozen === undefined) throw new Error('There is no pod to freeze.');
  await wall.freeze(frozen.name);
  try {
    await writing.save();
    // Once its probes have failed too, it has left the Service.
    await expect(panel.line(panel.sidebar, frozen)).toContainText(/unreachable|gone/);
    for (const pod of others) await expect(panel.line(panel.sidebar, pod)).toContainText('settled');
    await expectCopies(others, post.path, { shows: title });
  } finally {
    await wall.thaw(frozen.name);
  }
  await expect.poll(async () => isReady(frozen.url)).toBe(true);
  await expectCopiesSoon(frozen, post.path, { shows: title });
});

test('An added pod shows the latest edit on its first request, gets a line, and restarts nothing else', async ({
  pods,
  posts,
  writing,
  panel,
  wall,
  deliveries,
  requestUtils,
  addresses,
}) => {
  const post = await posts.publish('A new lamp');
  await deliveries.applied(post.id);

  await wall.addPod();
  const others = pods.map(({ name }) => name);
  let now: LivePod[] = [];
  await expect
    .poll(
      async () => {
        now = await readLivePods(requestUtils, addresses);
        return now.length > pods.length && others.every((other) => now.some(({ name }) => name === other));
      },
      { message: 'The new pod is live, and so are all others' },
    )
    .toBe(true);
  const added = now.filter(({ name }) => !others.includes(name));
  await expect.poll(async () => isReady(added[0]?.url ?? '')).toBe(true);
  await expectCopies(added, post.path, { shows: post.title });
  await expectCopies(added, '/', { shows: post.title });

  await writing.open(post.id);
  await panel.open();
  await writing.retitle(newTitle('A new lamp, trimmed'));
  await writing.save();
  await panel.expectApplied(panel.sidebar, now);
  expect(now.filter(({ name }) => others.includes(name)).map(({ instance }) => instance)).toEqual(
    pods.map(({ instance }) => instance),
  );
});

async function isReady(url: string): Promise<boolean> {
  try {
    return (await readCopy({ name: '', ip: '', url }, '/siteapi/ready')).status === 200;
  } catch {
    return false;
  }
}
