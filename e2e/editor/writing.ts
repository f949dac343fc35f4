import { expect, type Page } from '@playwright/test';
import type { Admin, Editor } from '@wordpress/e2e-test-utils-playwright';
import { limits } from '../limits.ts';
import { paragraph } from '../wordpress/posts.ts';

/** Writing in the block editor, as an author does it. */
export function createWriting(page: Page, admin: Admin, editor: Editor) {
  const topBar = page.getByRole('region', { name: 'Editor top bar' });
  return {
    async start(title: string, { category }: { category: string }): Promise<void> {
      await admin.createNewPost({
        title,
        content: paragraph,
      });
      await editor.openDocumentSettingsSidebar();
      const sidebar = page.getByRole('region', { name: 'Editor settings' });
      await sidebar.getByRole('tab', { name: 'Post' }).click();
      const categories = sidebar.getByRole('button', { name: 'Categories' });
      const box = sidebar.getByRole('checkbox', { name: category });
      // The editor may close again, as it ends loading, what it has just opened.
      await expect(async () => {
        if ((await categories.getAttribute('aria-expanded')) === 'false') await categories.click();
        await expect(box).toBeVisible({ timeout: limits.glanceMs });
      }).toPass({ timeout: limits.conditionMs });
      await box.check();
    },
    /** Answers the post's id. */
    async publish(): Promise<number> {
      const id = await editor.publishPost();
      if (id === null) throw new Error('The editor shows no id after publishing.');
      return id;
    },
    async open(postId: number): Promise<void> {
      await admin.editPost(String(postId));
    },
    async retitle(title: string): Promise<void> {
      await editor.canvas.getByRole('textbox', { name: 'Add title' }).fill(title);
    },
    async save(): Promise<void> {
      await topBar.getByRole('button', { name: /^(Save|Update)$/ }).click();
      await expect(
        page.getByRole('button', { name: 'Dismiss this notice' }).filter({ hasText: 'updated' }),
      ).toBeVisible();
    },
  };
}

export type Writing = ReturnType<typeof createWriting>;
