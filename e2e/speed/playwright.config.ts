import { defineConfig } from '@playwright/test';
import everything from '../../playwright.config.ts';
import { resultsFolder } from '../system/places.ts';

/** The same system, measured while nothing else runs: how soon a save is on every pod, and how soon its page is seen there. */
export default defineConfig({
  ...everything,
  testDir: '.',
  globalSetup: '../global-setup.ts',
  // What the scenarios have left of a failure stays.
  outputDir: `${resultsFolder}-speed`,
});
