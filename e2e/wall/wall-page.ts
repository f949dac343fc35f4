import { expect, type Page } from '@playwright/test';

/** The demo's wall: the pods' copies side by side, and what can be done to the cluster. */
export function createWallPage(page: Page, url: string) {
  const everypod = page.getByRole('switch', { name: 'Everypod' });
  const copy = (pod: string) => page.getByRole('article', { name: pod, exact: true });
  return {
    copy,
    /** Why it is not ready names the address of the probe, which has that word in it. */
    async expectReady(pod: string): Promise<void> {
      await expect(copy(pod)).not.toContainText(/no visitors|, but (?:frozen|killed)/);
      await expect(copy(pod)).toContainText(/\bready\b/);
    },
    /** What the wall says about the copies as a whole. */
    verdict: page.locator('main').getByRole('status'),
    /** What it says of the button that was pressed last, or of the demo. */
    said: page.locator('#said'),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    /** Nothing that the wall asks for arrives any more, until it is let through again. */
    async holdAnswersBack(): Promise<void> {
      await page.route('**/live?*', (route) => route.abort());
    },
    async letAnswersThrough(): Promise<void> {
      await page.unroute('**/live?*');
    },
    /** What it says once the last change has settled on every pod. */
    fresh: page.getByText(/^Fresh: the last change/),
    async open(): Promise<void> {
      await page.goto(url);
      await expect(everypod).toBeVisible();
    },
    async kill(pod: string): Promise<void> {
      await page.getByRole('button', { name: `Kill ${pod}` }).click();
    },
    async restart(pod: string): Promise<void> {
      await page.getByRole('button', { name: `Restart ${pod}` }).click();
    },
    async addPod(): Promise<void> {
      await page.getByRole('button', { name: 'Add a pod' }).click();
    },
    /** The pod's process stands still, as on a node that is out of memory; it keeps what it has. */
    async freeze(pod: string): Promise<void> {
      await page.getByRole('button', { name: `Freeze ${pod}` }).click();
      await expect(page.getByRole('button', { name: `Thaw ${pod}` })).toBeVisible();
    },
    async thaw(pod: string): Promise<void> {
      await page.getByRole('button', { name: `Thaw ${pod}` }).click();
      await expect(page.getByRole('button', { name: `Freeze ${pod}` })).toBeVisible();
    },
    async cutBridgeOff(): Promise<void> {
      await page.getByRole('button', { name: 'Cut the bridge off' }).click();
      await expect(page.getByRole('button', { name: 'Bring the bridge back' })).toBeVisible();
    },
    async bringBridgeBack(): Promise<void> {
      await page.getByRole('button', { name: 'Bring the bridge back' }).click();
      await expect(page.getByRole('button', { name: 'Cut the bridge off' })).toBeVisible();
    },
    async stopWordPress(): Promise<void> {
      await page.getByRole('button', { name: 'Stop WordPress' }).press('Enter');
      await expect(page.getByRole('button', { name: 'Start WordPress' })).toBeFocused();
    },
    async startWordPress(): Promise<void> {
      const start = page.getByRole('button', { name: 'Start WordPress' });
      if (await start.isVisible()) await start.press('Enter');
      await expect(page.getByRole('button', { name: 'Stop WordPress' })).toBeVisible();
    },
    async turnEverypod(on: boolean): Promise<void> {
      if ((await everypod.isChecked()) !== on) await everypod.click();
      await expect(everypod).toBeChecked({ checked: on });
    },
  };
}

export type WallPage = ReturnType<typeof createWallPage>;
