import { expect, type Locator, type Page } from '@playwright/test';
import { limits } from '../limits.ts';
import type { Pod } from '../system/addresses.ts';

/** What the panel says once the change is on every pod: applied at first, fresh once it has settled. */
export function onEveryPod(pods: number): RegExp {
  return new RegExp(`(Applied by|Fresh on) all ${pods} pods\\b`);
}

/** And only once it has settled. */
export function freshOnEveryPod(pods: number): RegExp {
  return new RegExp(`Fresh on all ${pods} pods\\b`);
}

/** Once each pod has made the post's own page anew, and it said what is new. */
export function seenOnEveryPod(pods: number): RegExp {
  return new RegExp(`${pods} of ${pods} pods made \\S+ anew at .+, and it shows the change\\.`);
}

/** Everypod's two panels in the block editor. */
export function createPanel(page: Page) {
  const sidebar = page.getByRole('region', { name: 'Editor settings' });
  const afterPublishing = page.getByRole('region', { name: 'Editor publish' });
  const heading = sidebar.getByRole('button', { name: /^Everypod/ });
  const table = (region: Locator) => region.getByRole('table', { name: 'What each pod answered' });

  return {
    sidebar,
    /** Opens and closes the panel; its name says how far the change has got. */
    heading,
    afterPublishing,
    /** Where a screen reader is told. */
    spoken: page.locator('#a11y-speak-polite'),
    revalidate: sidebar.getByRole('button', { name: 'Revalidate now' }),
    takeDown: sidebar.getByRole('button', { name: 'Take down now' }),
    confirmation: page.getByRole('dialog', { name: 'Take this page down on every pod now?' }),
    table,
    line(region: Locator, pod: Pick<Pod, 'name'>): Locator {
      return table(region)
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: pod.name }) });
    },
    /** The settings sidebar, on the post's tab. */
    async openSidebar(): Promise<void> {
      const toggle = page
        .getByRole('region', { name: 'Editor top bar' })
        .getByRole('button', { name: 'Settings', exact: true });
      if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
      await sidebar.getByRole('tab', { name: /^(Post|Page)$/ }).click();
      await expect(heading).toBeVisible();
    },
    /** The panel, in the settings sidebar. */
    async open(): Promise<void> {
      await this.openSidebar();
      // It opens by itself for whoever has never seen it, and a click at that moment would close it.
      await expect(async () => {
        if ((await heading.getAttribute('aria-expanded')) === 'false') await heading.click();
        await expect(heading).toHaveAttribute('aria-expanded', 'true', { timeout: limits.glanceMs });
      }).toPass({ timeout: limits.conditionMs });
    },
    async expectApplied(region: Locator, pods: Pod[]): Promise<void> {
      await expect(region.getByText(onEveryPod(pods.length))).toBeVisible();
      for (const pod of pods) {
        const line = this.line(region, pod);
        await expect(line).toContainText(/applied|settled/);
        await expect(line).toContainText(/\d+ ms|\d+(\.\d)? s/);
      }
    },
  };
}

export type Panel = ReturnType<typeof createPanel>;
