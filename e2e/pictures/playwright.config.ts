import { defineConfig } from '@playwright/test';
import { limits } from '../limits.ts';
import { signInFile } from '../system/places.ts';

/** `npm run pictures`: the same system and pages as the scenarios, looked at instead of judged. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.picture.ts',
  outputDir: '../../test-results/pictures',
  globalSetup: '../global-setup.ts',
  workers: 1,
  fullyParallel: false,
  timeout: limits.scenarioMs,
  expect: { timeout: limits.conditionMs },
  reporter: 'list',
  use: {
    ...(process.env.WP_BASE_URL ? { baseURL: process.env.WP_BASE_URL } : {}),
    storageState: signInFile,
    launchOptions: JSON.parse(process.env.EVERYPOD_E2E_BROWSER ?? '{}'),
    trace: 'retain-on-failure',
    deviceScaleFactor: 2,
  },
});
