import { describe, expect, test } from 'vitest';
import { howFarInShort } from '../../src/editor/how-far-in-short.ts';
import { announcementOf } from '../../src/report/announcement.ts';
import { beyondNoGuarantee, isDirect, noGuarantee } from '../../src/report/direct.ts';
import { podTones } from '../../src/report/state-mark.tsx';
import { shortSummaryOf, summaryOf } from '../../src/report/summary.ts';
import { podStateWord } from '../../src/report/words.ts';
import type { Delivery, PodLine } from '../../src/rest/shapes.ts';
import { delivery, pod, report } from './delivery-fixtures.ts';

const noPod = {
  code: 'unreachable',
  message: 'No pod can be reached.',
  advice: 'Check that pods run.',
} as const;

const direct = (more: Partial<Delivery> = {}) => delivery({ destination: 'load-balancer', ...more });
const answered = (pods: PodLine[]) => direct({ report: report(pods, { seq: 0, final: true }) });

const sent: Array<[string, Delivery, string, string]> = [
  ['just saved', direct({ state: 'waiting' }), 'pending', 'Saved here; waiting to be sent to the pods.'],
  [
    'not taken yet',
    direct({ state: 'waiting', problem: noPod }),
    'partly',
    'No pod has taken this change yet.',
  ],
  ['given up', direct({ state: 'dead', final: true }), 'bad', 'Given up: no pod ever took this change.'],
  ['one pod', answered([pod('a', 'told')]), 'partly', 'Told the only pod.'],
  ['all pods', answered([pod('a', 'told'), pod('b', 'told')]), 'partly', 'Told all 2 pods.'],
  [
    'some pods',
    answered([pod('a', 'told'), pod('b', 'unreachable'), pod('c', 'refused'), pod('d', 'unreachable')]),
    'partly',
    'Told 1 of 4 pods; 2 unreachable; 1 refused.',
  ],
  ['a pod that has left', answered([pod('a', 'told'), pod('b', 'gone')]), 'partly', 'Told the only pod.'],
  ['no pod that was reached', answered([pod('a', 'failed')]), 'bad', 'Told 0 of 1 pod; 1 failed.'],
  ['no pod at all', answered([]), 'bad', 'Told no pod.'],
];

describe('B9 a change that goes to the pods through a load balancer', () => {
  test.each(sent)('%s', (_, one, tone, text) => {
    expect(isDirect(one)).toBe(true);
    expect(summaryOf(one)).toEqual({ tone, text });
  });

  test.each(sent)('%s: nothing is called fresh, applied or settled, and no bridge is named', (_, one) => {
    const words = [summaryOf(one).text, shortSummaryOf(one), announcementOf(null, one) ?? '', noGuarantee()];
    expect(words.join(' ')).not.toMatch(/fresh|applied|settl|bridge/i);
  });

  test('the panel says in short how many pods were told', () => {
    const one = answered([pod('a', 'told'), pod('b', 'told'), pod('c', 'unreachable')]);
    expect(shortSummaryOf(one)).toBe('2 of 3 told');
    expect(howFarInShort({ configured: true, visible: true, unsent: false, delivery: one })).toBe(
      '2 of 3 told',
    );
    expect(shortSummaryOf(direct({ state: 'waiting' }))).toBe('waiting');
    expect(shortSummaryOf(answered([]))).toBe('accepted');
  });

  test('whoever does not see the screen hears it too', () => {
    expect(announcementOf(null, answered([pod('a', 'told')]))).toBe(`Told the only pod. ${noGuarantee()}`);
    expect(announcementOf(null, direct({ state: 'waiting' }))).toBeNull();
  });

  test('it has no guarantee, in plain words', () => {
    expect(noGuarantee()).toBe(
      'This mode has no guarantee: nobody catches up. A pod that was away or starts later may show an old page.',
    );
  });

  test.each([
    [undefined, undefined],
    ['', undefined],
    [
      'Told 2 of 2 pods directly. Without a bridge nobody catches up, so this mode has no guarantee.',
      undefined,
    ],
    [
      'Told 1 of 2 pods directly. Without a bridge nobody catches up, so this mode has no guarantee. EVERYPOD_PODS is not set.',
      'EVERYPOD_PODS is not set.',
    ],
    ['Something else.', 'Something else.'],
  ])('what a pod gives as reason beyond that is kept: %s', (reason, kept) => {
    expect(beyondNoGuarantee(reason === undefined ? {} : { reason })).toBe(kept);
  });

  test("a pod's line says told", () => {
    expect(podStateWord('told')).toBe('told');
    expect(podTones.told).toBe('partly');
  });
});

test('B9 what a bridge has followed keeps its own words', () => {
  const one = delivery({ report: report([pod('a', 'applied')], { state: 'settled', final: true }) });
  expect(isDirect(one)).toBe(false);
  expect(summaryOf(one).text).toBe('Fresh on the only pod.');
  expect(announcementOf(null, one)).not.toContain(noGuarantee());
});
