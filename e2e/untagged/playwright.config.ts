import { defineConfig } from '@playwright/test';
import everything from '../../playwright.config.ts';

/** `npm run test:untagged`: the same system, with a copy of the blog that has no tags, and no address that WordPress knows. */
export default defineConfig({
  ...everything,
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './untagged-blog.ts',
});
