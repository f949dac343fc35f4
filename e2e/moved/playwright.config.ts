import { defineConfig } from '@playwright/test';
import everything from '../../playwright.config.ts';

/** `npm run test:moved`: the same system, with a copy of the blog that serves its posts under another address than WordPress says. */
export default defineConfig({
  ...everything,
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './moved-blog.ts',
});
