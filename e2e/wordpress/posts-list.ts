import { expect, type Page } from '@playwright/test';

/** Posts → All Posts. */
export function createPostsList(page: Page) {
  const row = (title: string) => page.getByRole('row', { name: title }).first();
  return {
    async open(): Promise<void> {
      await page.goto('/wp-admin/edit.php');
    },
    async trash(title: string): Promise<void> {
      await row(title).hover();
      await row(title).getByRole('link', { name: 'to the Trash' }).click();
      await expect(page.getByText('1 post moved to the Trash')).toBeVisible();
    },
    async quickEdit(
      title: string,
      changes: { title?: string; slug?: string; author?: string; from?: string; to?: string },
    ): Promise<void> {
      await row(title).hover();
      await row(title)
        .getByRole('button', { name: /Quick edit/ })
        .click();
      const form = page.locator('tr.inline-editor');
      if (changes.title) await form.getByLabel('Title', { exact: true }).fill(changes.title);
      if (changes.slug) await form.getByLabel('Slug', { exact: true }).fill(changes.slug);
      if (changes.author) await form.locator('select[name="post_author"]').selectOption(changes.author);
      if (changes.from) await form.getByRole('checkbox', { name: changes.from }).uncheck();
      if (changes.to) await form.getByRole('checkbox', { name: changes.to }).check();
      await form.getByRole('button', { name: 'Update' }).click();
      await expect(form).toBeHidden();
    },
  };
}

export type PostsList = ReturnType<typeof createPostsList>;
