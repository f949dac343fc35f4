import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const manifests = 'checks/tests/manifests';
const valkey = 'bridge/tests/valkey/**';
const nextApps = 'pod/tests/next/**/*.test.ts';
const redisApps = 'pod/tests/redis/*.test.ts';
/** What is said in milliseconds is measured while no other test runs. */
const timed = 'bridge/tests/push/hanging.test.ts';
/** A machine that others use too may miss a moment once; a fault is missed twice. */
const retry = 1;

export default defineConfig({
  test: {
    /** Left to itself, Vitest runs one file at a time on two cores, though most of them wait more than they work. */
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['*/tests/**/*.test.ts', 'demo/*/tests/**/*.test.ts'],
          exclude: [
            '**/node_modules/**',
            'e2e/**',
            'topology/**',
            'pod/tests/apps/**',
            nextApps,
            redisApps,
            valkey,
            timed,
            `${manifests}/**`,
          ],
          testTimeout: 20_000,
          // Of the time of two at once, a third goes by in waiting.
          maxWorkers: Math.max(3, availableParallelism() - 1),
          sequence: { groupOrder: 1 },
          retry,
        },
      },
      { test: { name: 'timed', include: [timed], retry } },
      { test: { name: 'valkey', include: [`${valkey}/*.test.ts`], testTimeout: 30_000, retry } },
      { test: { name: 'k8s', include: [`${manifests}/structure.test.ts`] } },
      { test: { name: 'k8s-render', include: [`${manifests}/render.test.ts`], testTimeout: 30_000 } },
      {
        test: {
          name: 'next',
          include: [nextApps],
          globalSetup: ['pod/tests/next/surroundings/pack-once.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          retry,
        },
      },
      {
        test: {
          name: 'redis',
          include: [redisApps],
          globalSetup: ['pod/tests/next/surroundings/pack-once.ts'],
          testTimeout: 60_000,
          hookTimeout: 300_000,
          retry,
        },
      },
      {
        test: {
          name: 'stress',
          include: ['pod/tests/next/*.stress.ts'],
          globalSetup: ['pod/tests/next/surroundings/pack-once.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'one-worker',
          include: ['e2e/one-worker/*.test.ts'],
          testTimeout: 60_000,
          // With nothing built yet, the system takes a while to start.
          hookTimeout: 600_000,
          retry,
        },
      },
      {
        test: {
          name: 'topology',
          include: ['topology/tests/*.test.ts'],
          globalSetup: ['pod/tests/next/surroundings/pack-once.ts'],
          testTimeout: 60_000,
          hookTimeout: 300_000,
          retry,
        },
      },
    ],
  },
});
