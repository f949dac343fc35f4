import { defineConfig } from '@playwright/test';
import { limits } from './e2e/limits.ts';
import { resultsFolder, signInFile } from './e2e/system/places.ts';

export default defineConfig({
  testDir: 'e2e/scenarios',
  outputDir: resultsFolder,
  globalSetup: './e2e/global-setup.ts',
  // One system, which the scenarios change: they take turns.
  workers: 1,
  fullyParallel: false,
  // As for the other tests: a machine that others use too may miss a moment once.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: limits.scenarioMs,
  expect: { timeout: limits.conditionMs },
  reporter: 'list',
  use: {
    ...(process.env.WP_BASE_URL ? { baseURL: process.env.WP_BASE_URL } : {}),
    storageState: signInFile,
    launchOptions: JSON.parse(process.env.EVERYPOD_E2E_BROWSER ?? '{}'),
    screenshot: 'only-on-failure',
    // Recording costs more than the scenario under Playground: EVERYPOD_E2E_TRACE=1 asks for it.
    trace: process.env.EVERYPOD_E2E_TRACE ? 'retain-on-failure' : 'off',
    viewport: { width: 1440, height: 1000 },
  },
});
