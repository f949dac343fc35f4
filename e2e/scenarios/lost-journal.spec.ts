import { rmSync } from 'node:fs';
import { expectCopies, fillCaches, readCopy } from '../pods/copies.ts';
import { readLivePods } from '../pods/live-pods.ts';
import { expect, test } from '../scenario.ts';
import { journalFile } from '../system/places.ts';
import { newTitle } from '../wordpress/posts.ts';

test('A pod born from an image older than the last edits serves no old page, though the journal was lost', async ({
  pods,
  posts,
  deliveries,
  requestUtils,
  addresses,
  wall,
}) => {
  const post = await posts.publish('A page torn out');
  await deliveries.applied(post.id);
  await fillCaches(pods, [post.path, '/']);
  const title = newTitle('A page written again');
  await requestUtils.rest({ method: 'POST', path: `/wp/v2/posts/${post.id}`, data: { title } });
  await deliveries.settled(post.id);

  const [reborn] = pods;
  if (reborn === undefined) throw new Error('There is no pod to be born again.');
  await wall.kill(reborn.name);
  await wall.cutBridgeOff();
  for (const part of ['', '-wal', '-shm']) rmSync(journalFile + part, { force: true });
  await wall.bringBridgeBack();

  await wall.restart(reborn.name);
  await wall.expectReady(reborn.name);
  await expect
    .poll(async () => (await readCopy(reborn, '/siteapi/ready').catch(() => null))?.status)
    .toBe(200);
  // The image was built before the post was written: its front page knows nothing of it.
  await expectCopies([reborn], '/', { shows: title, lacks: post.title });
  await expectCopies(pods, post.path, { shows: title, lacks: post.title });
  await expect
    .poll(async () => (await readLivePods(requestUtils, addresses)).length, {
      message: 'Every pod is listed',
    })
    .toBe(pods.length);
});
