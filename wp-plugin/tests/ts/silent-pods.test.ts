import { describe, expect, it } from 'vitest';
import type { PodsAnswer } from '../../src/rest/shapes.ts';
import { silentPods } from '../../src/status/silent-pods.ts';

const answer = (names: readonly string[]): PodsAnswer => ({
  problem: null,
  destination: 'bridge',
  lastDelivery: null,
  pods: {
    epoch: 'e_5f1d',
    head: 1041,
    discovery: [],
    pods: [],
    ...(names.length > 0 && {
      neverAsked: names.map((name) => ({ ip: '10.4.0.13', name, reason: 'It never asked.' })),
    }),
  },
});

describe('A12 the status page', () => {
  it.each<PodsAnswer>([{ ...answer([]), pods: null }, answer([])])(
    'says nothing where every pod asks',
    (pods) => {
      expect(silentPods(pods)).toBeNull();
    },
  );

  it.each([
    {
      names: ['nextjs-a'],
      message: '1 pod takes traffic and has never asked the bridge what it has missed: nextjs-a.',
    },
    {
      names: ['nextjs-a', '10.4.0.13'],
      message:
        '2 pods take traffic and have never asked the bridge what they have missed: nextjs-a, 10.4.0.13.',
    },
    {
      names: ['1', '2', '3', '4', '5', '6'],
      message: '6 pods take traffic and have never asked the bridge what they have missed: 1, 2, 3, 4, 5, ….',
    },
  ])('names $names.length that never asked, and what to check', ({ names, message }) => {
    const said = silentPods(answer(names));
    expect(said?.message).toBe(message);
    expect(said?.advice).toContain('readiness probe reaches /siteapi/ready');
  });
});
