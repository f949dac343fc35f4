import { limits } from '../limits.ts';
import { fillCaches } from '../pods/copies.ts';
import { expect, test } from '../scenario.ts';
import { keepPicture } from './keep.ts';
import { leadArticle, retitleFromElsewhere } from './lead-article.ts';
import { pictureSizes } from './sizes.ts';

test('wall.png: three pods that agree', async ({ wall, page, addresses, pods, requestUtils, deliveries }) => {
  const article = await leadArticle(requestUtils);
  await page.setViewportSize(pictureSizes.wall);
  await page.goto(addresses.wall);
  await wall.turnEverypod(true);
  await retitleFromElsewhere(requestUtils, article, article.title);
  await deliveries.applied(article.id);
  for (const { name } of pods) await expect(page.getByRole('article', { name })).toContainText('Same copy');
  await expect(page.getByText('The last 8 went to 3 pods and showed one and the same page.')).toBeVisible();
  await expect(page.getByText(/^Fresh: the last change/)).toBeVisible({ timeout: limits.eventEndMs });
  await keepPicture(page, 'wall');
});

test('wall-off.png: with one pod called, as a load balancer does, the pods disagree', async ({
  wall,
  page,
  addresses,
  requestUtils,
}) => {
  const article = await leadArticle(requestUtils);
  await page.setViewportSize(pictureSizes.wallOff);
  await page.goto(addresses.wall);
  await wall.turnEverypod(false);
  try {
    await retitleFromElsewhere(requestUtils, article, `Corrected: ${article.title}`);
    await expect(page.getByText('Older copy')).toHaveCount(2);
    await expect(page.getByText('Older again').nth(2)).toBeVisible();
    await keepPicture(page, 'wall-off');
  } finally {
    await wall.turnEverypod(true);
    await retitleFromElsewhere(requestUtils, article, article.title);
  }
});

test('panel.png: the editor after a save, with a line per pod', async ({
  requestUtils,
  pods,
  writing,
  panel,
  page,
}) => {
  const article = await leadArticle(requestUtils);
  await fillCaches(pods, ['/', article.path]);
  await page.setViewportSize(pictureSizes.editor);
  await writing.open(article.id);
  await panel.open();
  await writing.retitle(`${article.title} at last`);
  await writing.save();
  await panel.expectApplied(panel.sidebar, pods);
  await expect(panel.sidebar.getByText(/^Fresh on all/)).toBeVisible({ timeout: limits.eventEndMs });
  await panel.revalidate.scrollIntoViewIfNeeded();
  await keepPicture(page, 'panel');
});

test('status.png: the connection, the pods and the last deliveries', async ({ page, statusPage, pods }) => {
  await page.setViewportSize(pictureSizes.status);
  await statusPage.open();
  for (const pod of pods) await expect(statusPage.pods).toContainText(pod.name);
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(statusPage.connection.getByText('The connection works.')).toBeVisible();
  await keepPicture(page, 'status');
});
