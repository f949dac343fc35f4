import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../limits.ts';
import type { Injection } from './injection.ts';

/** Secrets that change while they are in use. */
export const secretInjections: Injection[] = (['sender', 'pods'] as const).flatMap((whose) => [
  {
    name: `secrets: those of the ${whose} rotated`,
    async inject({ secrets }) {
      secrets[whose].add();
      return {
        on: whose,
        async undo() {
          await sleep(limits.secretsSeenMs);
          secrets[whose].dropOld();
        },
      };
    },
  },
  {
    name: `secrets: the file of the ${whose} half-written`,
    async inject({ secrets }) {
      secrets[whose].halfWrite();
      await sleep(limits.secretsSeenMs);
      secrets[whose].restore();
      return { on: whose, undo: async () => {} };
    },
  },
]);
