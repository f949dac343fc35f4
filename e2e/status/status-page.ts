import type { Page } from '@playwright/test';

/** Settings → Everypod. */
export function createStatusPage(page: Page) {
  return {
    connection: page.getByRole('region', { name: 'Connection', exact: true }),
    pods: page.getByRole('region', { name: 'Pods', exact: true }),
    deliveries: page.getByRole('region', { name: 'Deliveries' }),
    async open(): Promise<void> {
      await page.goto('/wp-admin/options-general.php?page=everypod');
    },
  };
}

export type StatusPage = ReturnType<typeof createStatusPage>;
