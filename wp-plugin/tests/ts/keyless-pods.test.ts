import { expect, it } from 'vitest';
import type { Keyless, PodsAnswer } from '../../src/rest/shapes.ts';
import { keylessPods } from '../../src/status/keyless-pods.ts';

type Pods = NonNullable<PodsAnswer['pods']>['pods'];

const pod = (name: string, keyless?: Keyless, live = true): Pods[number] => ({
  ip: '10.4.0.13',
  name,
  instance: `instance-of-${name}`,
  cursor: null,
  settled: null,
  builtAt: null,
  behind: null,
  lastSeen: '2026-03-01T10:00:09Z',
  live,
  ...(keyless && { keyless }),
});
const answer = (pods: Pods): PodsAnswer => ({
  problem: null,
  destination: 'bridge',
  lastDelivery: null,
  pods: { epoch: 'e_5f1d', head: 1041, discovery: [], pods },
});

it.each<[string, PodsAnswer]>([
  ['nobody can be asked', { ...answer([]), pods: null }],
  ['every pod hears keys', answer([pod('a')])],
  ['one that did not is live no more', answer([pod('a', 'taken away', false)])],
])('the status page says nothing of keys where %s', (_, pods) => {
  expect(keylessPods(pods)).toEqual([]);
});

it.each<[Keyless, RegExp]>([
  ['none given', /EVERYPOD_KEYS/],
  ['taken away', /X-Everypod-Keys/],
  ['another host', /EVERYPOD_ORIGIN_URL/],
  ['not heard', /client/],
])('it says what to do about pods that have heard none because of: %s', (why, advice) => {
  const [said, ...more] = keylessPods(answer([pod('a', why), pod('b', why), pod('c')]));
  expect(said?.message).toBe('2 pods hear from no answer what it was made of: a, b.');
  expect(said?.advice).toMatch(advice);
  expect(more).toEqual([]);
});

it('each reason is said apart', () => {
  expect(keylessPods(answer([pod('a', 'taken away'), pod('b', 'not heard')]))).toHaveLength(2);
});
