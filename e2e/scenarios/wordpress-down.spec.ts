import { limits } from '../limits.ts';
import { expectCopies, fillCaches } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';
import { newTitle } from '../wordpress/posts.ts';

test('While WordPress is stopped every page stays readable, the wall says that it is old, and afterwards Update makes it new', async ({
  pods,
  posts,
  writing,
  panel,
  wall,
  deliveries,
}) => {
  const post = await posts.publish('Storm over the sound');
  await deliveries.settled(post.id);
  const paths = [post.path, '/'];
  await fillCaches(pods, paths);
  await writing.open(post.id);
  await panel.open();
  const title = newTitle('Calm over the sound');
  await writing.retitle(title);

  await wall.stopWordPress();
  try {
    await expect(wall.said).toHaveText('WordPress is stopped.');
    // Switched on again, it calls every page of the site out of date.
    await wall.turnEverypod(false);
    await wall.turnEverypod(true);
    for (const pod of pods) {
      await expect(wall.copy(pod.name)).toContainText('old: WordPress can’t be reached');
      for (const path of paths) await expectCopies([pod], path, { shows: post.title });
    }
    await expect(wall.verdict).not.toContainText(/fresh/i);
  } finally {
    await wall.startWordPress();
  }

  await writing.save();
  await deliveries.settled(post.id);
  for (const path of paths) await expectCopies(pods, path, { shows: title, lacks: post.title });
  for (const pod of pods) {
    // A WordPress that has just come back may be too slow for all visits within their time: then its readers above have made it new.
    await expect(wall.copy(pod.name)).toContainText(/made anew at .+, seen|left to its next visitor/, {
      timeout: limits.eventEndMs,
    });
    await expect(wall.copy(pod.name)).not.toContainText('old: WordPress can’t be reached');
  }
  await expect(wall.fresh).toBeVisible({ timeout: limits.eventEndMs });
});
