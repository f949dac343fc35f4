import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*/tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'e2e/**', 'pod/tests/apps/**'],
    testTimeout: 20_000,
  },
});
