import { describe, expect, it } from 'vitest';
import type { PodsAnswer } from '../../src/rest/shapes.ts';
import { keepingPods } from '../../src/status/keeping-pods.ts';

type Pods = NonNullable<PodsAnswer['pods']>['pods'];

const pod = (name: string, { live = true } = {}): Pods[number] => ({
  ip: '10.4.0.13',
  name,
  instance: `instance-of-${name}`,
  cursor: null,
  settled: null,
  builtAt: null,
  behind: null,
  lastSeen: '2026-03-01T10:00:09Z',
  live,
});
const keeping = (name: string, how = {}): Pods[number] => ({ ...pod(name, how), keeps: true });
const answer = (pods: Pods): PodsAnswer => ({
  problem: null,
  destination: 'bridge',
  lastDelivery: null,
  pods: { epoch: 'e_5f1d', head: 1041, discovery: [], pods },
});

describe('the status page', () => {
  it.each<[string, PodsAnswer]>([
    ['nobody can be asked', { ...answer([]), pods: null }],
    ['every pod reaches WordPress', answer([pod('nextjs-a')])],
    ['one that did not is live no more', answer([keeping('nextjs-a', { live: false })])],
  ])('says nothing where %s', (_, pods) => {
    expect(keepingPods(pods)).toBeNull();
  });

  it.each([
    {
      names: ['nextjs-a'],
      message: '1 pod can’t reach WordPress, so its visitors get pages as they were: nextjs-a.',
    },
    {
      names: ['1', '2', '3', '4', '5', '6'],
      message: '6 pods can’t reach WordPress, so their visitors get pages as they were: 1, 2, 3, 4, 5, ….',
    },
  ])('names $names.length from which WordPress can’t be reached', ({ names, message }) => {
    const said = keepingPods(answer([pod('other'), ...names.map((name) => keeping(name))]));
    expect(said?.message).toBe(message);
    expect(said?.advice).toContain('answers from the cluster');
  });
});
