import { describe, expect, test } from 'vitest';
import { shortSummaryOf, summaryOf } from '../../src/report/summary.ts';
import type { Delivery, PodState } from '../../src/rest/shapes.ts';
import { acceptedAt, delivery, pod, report, unreachable } from './delivery-fixtures.ts';

const summary = (one: Delivery) => summaryOf(one, (iso) => iso.slice(11, 16));

const caughtUp = (seconds: number) => ({
  caughtUpAt: new Date(Date.parse(acceptedAt) + seconds * 1_000).toISOString(),
});

const settled = { settledAt: '2026-03-01T10:00:12.000Z' };

describe('before the bridge has it', () => {
  test('a change that was just saved is waiting', () => {
    expect(summary(delivery({ state: 'waiting' }))).toEqual({
      tone: 'pending',
      text: 'Saved here; waiting to be sent to the bridge.',
    });
  });

  test('a change that could not be sent is not accepted yet', () => {
    expect(summary(delivery({ state: 'waiting', problem: unreachable }))).toEqual({
      tone: 'partly',
      text: 'The bridge has not accepted this change yet.',
    });
  });

  test('a change that was given up says that it never got there', () => {
    expect(summary(delivery({ state: 'dead', final: true }))).toEqual({
      tone: 'bad',
      text: 'Given up: the bridge never accepted this change.',
    });
  });
});

describe('while pods answer', () => {
  test('accepted without a report claims nothing about pods', () => {
    expect(summary(delivery())).toEqual({ tone: 'pending', text: 'Accepted by the bridge; no report yet.' });
  });

  test('it counts the pods that applied the change so far', () => {
    const one = delivery({ report: report([pod('a', 'applied'), pod('b', 'asked'), pod('c', 'asked')]) });
    expect(summary(one)).toEqual({ tone: 'pending', text: 'Applied by 1 of 3 pods so far.' });
    expect(shortSummaryOf(one)).toBe('1 of 3 applied');
  });

  test('no pods so far is not the end', () => {
    expect(summary(delivery({ report: report([]) }))).toEqual({
      tone: 'pending',
      text: 'Accepted by the bridge; no pods found so far.',
    });
  });
});

describe('once every pod has applied it', () => {
  const applied = { state: 'applied' } as const;

  test('it is settling, which is not fresh yet', () => {
    const one = delivery({ report: report([pod('a', 'applied'), pod('b', 'applied', settled)], applied) });
    expect(summary(one)).toEqual({ tone: 'pending', text: 'Applied by all 2 pods; settling.' });
    expect(shortSummaryOf(one)).toBe('2 of 2 applied');
  });

  test('the only pod is settling', () => {
    const one = delivery({ report: report([pod('a', 'applied')], applied) });
    expect(summary(one).text).toBe('Applied by the only pod; settling.');
  });

  test('it is old where visitors get the page as it was, final or not', () => {
    const pods = [pod('a', 'applied', { keeps: true }), pod('b', 'applied', settled)];
    for (const final of [false, true]) {
      const one = delivery({ report: report(pods, { ...applied, final }) });
      expect(summary(one)).toEqual({
        tone: 'partly',
        text: 'Old on 1 of 2 pods: WordPress can’t be reached from there, so visitors get the page as it was until it can.',
      });
      expect(shortSummaryOf(one)).toBe('1 of 2 old');
    }
  });

  test('it is old on the only pod', () => {
    const one = delivery({ report: report([pod('a', 'applied', { keeps: true })], applied) });
    expect(summary(one).text).toMatch(/^Old on the only pod: WordPress can’t be reached from there/);
  });

  test('it is old beside what some pods did not answer', () => {
    const pods = [pod('a', 'applied', { keeps: true }), pod('b', 'unreachable')];
    expect(summary(delivery({ report: report(pods, { final: true }) }))).toEqual({
      tone: 'partly',
      text: 'Applied by 1 of 2 pods; 1 unreachable. Old on 1 of 2 pods: WordPress can’t be reached from there, so visitors get the page as it was until it can.',
    });
    expect(summary(delivery({ report: report(pods) })).tone).toBe('partly');
  });

  test('pods that caught up later are named, with their delay', () => {
    const pods = [
      pod('nextjs-a', 'applied'),
      pod('nextjs-b', 'applied', caughtUp(4)),
      pod('nextjs-c', 'applied'),
    ];
    expect(summary(delivery({ report: report(pods, applied) }))).toEqual({
      tone: 'pending',
      text: 'Applied by all 3 pods; settling. 2 of 3 now; nextjs-b caught up 4 s later.',
    });
  });

  test('a pod that answered its push late is named too: it did not have to catch up', () => {
    const pods = [
      pod('nextjs-a', 'applied', { ms: 999 }),
      pod('nextjs-b', 'applied', { ms: 4_000 }),
      pod('nextjs-c', 'applied', { ms: 1_200, ...caughtUp(9) }),
    ];
    expect(summary(delivery({ report: report(pods, applied) })).text).toBe(
      'Applied by all 3 pods; settling. 1 of 3 now; nextjs-b applied it 4 s later; nextjs-c caught up 9 s later.',
    );
  });

  test('of many late pods three are named and the others counted', () => {
    const pods = ['a', 'b', 'c', 'd', 'e'].map((name, at) => pod(name, 'applied', caughtUp(at + 1)));
    expect(summary(delivery({ report: report(pods, applied) })).text).toContain(
      '0 of 5 now; a caught up 1 s later; b caught up 2 s later; c caught up 3 s later; 2 more later.',
    );
  });

  test.each<PodState>(['gone', 'starting'])(
    'a pod that is %s takes no traffic and does not count',
    (state) => {
      const one = delivery({ report: report([pod('a', 'applied'), pod('b', state)], applied) });
      expect(summary(one).text).toBe('Applied by the only pod; settling.');
    },
  );
});

describe('once it is settled', () => {
  const done = { final: true, state: 'settled' as const };

  test('it is fresh on all pods', () => {
    const one = delivery({
      report: report([pod('a', 'applied', settled), pod('b', 'applied', settled)], done),
    });
    expect(summary(one)).toEqual({ tone: 'good', text: 'Fresh on all 2 pods.' });
    expect(shortSummaryOf(one)).toBe('fresh');
  });

  test('it is fresh on the only pod', () => {
    const one = delivery({ report: report([pod('a', 'applied', settled)], done) });
    expect(summary(one).text).toBe('Fresh on the only pod.');
  });

  test('with a page that a pod did not wait for, it says so, and is not called fresh in short', () => {
    const held = { renders: [{ path: '/x', forMs: 10_004 }] };
    const pods = [
      pod('a', 'applied', { ...settled, how: 'drained' }),
      pod('b', 'applied', { ...settled, how: 'capped', held }),
    ];
    const one = delivery({ report: report(pods, done) });
    expect(summary(one)).toEqual({
      tone: 'partly',
      text: 'Fresh on all 2 pods. All but /x, whose render has hung for 10 s.',
    });
    expect(shortSummaryOf(one)).toBe('settled');
  });

  test('a pod that caught up later is still named', () => {
    const pods = [
      pod('nextjs-a', 'applied', settled),
      pod('nextjs-b', 'applied', { ...caughtUp(4), ...settled }),
      pod('nextjs-c', 'applied', settled),
    ];
    expect(summary(delivery({ report: report(pods, done) }))).toEqual({
      tone: 'good',
      text: 'Fresh on all 3 pods. 2 of 3 now; nextjs-b caught up 4 s later.',
    });
  });
});

describe('when the time is over', () => {
  test('applied everywhere without having settled is not fresh', () => {
    const pods = [pod('a', 'applied', settled), pod('b', 'applied')];
    const one = delivery({ report: report(pods, { final: true, state: 'applied' }) });
    expect(summary(one)).toEqual({
      tone: 'partly',
      text: 'Applied by all 2 pods; 1 not seen to settle.',
    });
    expect(shortSummaryOf(one)).toBe('2 of 2 applied');
  });

  test('the only pod was not seen to settle', () => {
    const one = delivery({ report: report([pod('a', 'applied')], { final: true, state: 'applied' }) });
    expect(summary(one).text).toBe('Applied by the only pod; not seen to settle.');
  });

  test('pods that did not apply it are counted by state', () => {
    const pods = [pod('a', 'applied'), pod('b', 'unreachable'), pod('c', 'unreachable'), pod('d', 'refused')];
    expect(summary(delivery({ report: report(pods, { final: true }) }))).toEqual({
      tone: 'partly',
      text: 'Applied by 1 of 4 pods; 2 unreachable; 1 refused.',
    });
  });

  test('late pods and missing pods stand side by side', () => {
    const pods = [pod('a', 'applied', caughtUp(9)), pod('b', 'failed')];
    expect(summary(delivery({ report: report(pods, { final: true }) })).text).toBe(
      '0 of 2 now; a caught up 9 s later; 1 failed.',
    );
  });

  test.each<PodState>(['behind', 'refused', 'failed', 'unreachable', 'asked'])(
    'one pod alone that is %s is not a success',
    (state) => {
      const one = delivery({ report: report([pod('a', state)], { final: true }) });
      expect(summary(one).tone).toBe('bad');
      expect(shortSummaryOf(one)).toBe('0 of 1 applied');
    },
  );

  test('0 of 0 is never a success', () => {
    const one = delivery({ report: report([], { final: true }) });
    expect(summary(one)).toEqual({ tone: 'bad', text: 'Accepted by the bridge; applied by no pod.' });
    expect(shortSummaryOf(one)).toBe('accepted');
  });

  test('no final report reads as unknown, with what was known last', () => {
    const unknownSince = '2026-03-01T10:10:00.000Z';
    const known = report([pod('a', 'applied'), pod('b', 'asked')]);
    expect(summary(delivery({ state: 'unknown', unknownSince, report: known }))).toEqual({
      tone: 'bad',
      text: 'Unknown since 10:10: the bridge accepted this change, but gave no final report. Applied by 1 of 2 pods so far.',
    });
  });
});

describe('B9 pods that were told', () => {
  const over = { final: true };
  const cases: Array<[string, Delivery, 'pending' | 'partly', string, string]> = [
    [
      'one so far',
      delivery({ report: report([pod('a', 'told'), pod('b', 'asked')]) }),
      'pending',
      'Told 1 of 2 pods so far.',
      '1 of 2 told',
    ],
    [
      'all of them, alone',
      delivery({ report: report([pod('a', 'told'), pod('b', 'told')], over) }),
      'partly',
      "Accepted; told 2 of 2; whether their pages are new can't be known.",
      '2 of 2 told',
    ],
    [
      'one of two, alone',
      delivery({ report: report([pod('a', 'told'), pod('b', 'unreachable'), pod('c', 'gone')], over) }),
      'partly',
      "Accepted; told 1 of 2; whether their pages are new can't be known; 1 unreachable.",
      '1 of 2 told',
    ],
    [
      'one beside others that are fresh',
      delivery({
        report: report([pod('a', 'applied', settled), pod('b', 'applied', settled), pod('c', 'told')], {
          ...over,
          state: 'settled',
        }),
      }),
      'partly',
      "Fresh on all 2 pods. 1 more was told; whether its pages are new can't be known.",
      '2 of 3 applied',
    ],
    [
      'two beside one that did not apply it',
      delivery({
        report: report([pod('a', 'applied'), pod('b', 'failed'), pod('c', 'told'), pod('d', 'told')], over),
      }),
      'partly',
      "Applied by 1 of 2 pods; 1 failed. 2 more were told; whether their pages are new can't be known.",
      '1 of 4 applied',
    ],
  ];

  test.each(cases)('%s', (_, one, tone, text, short) => {
    expect(summary(one)).toEqual({ tone, text });
    expect(shortSummaryOf(one)).toBe(short);
  });

  test('alone are never called fresh, and never applied', () => {
    for (const final of [false, true]) {
      const one = delivery({ report: report([pod('a', 'told'), pod('b', 'failed')], { final }) });
      expect(`${summary(one).text} ${shortSummaryOf(one)}`).not.toMatch(/fresh|applied/i);
    }
  });

  test('a report of an older bridge, which counts none, is read as well', () => {
    const one = report([pod('a', 'applied', settled)], { state: 'settled', final: true });
    delete one.counts.told;
    expect(summary(delivery({ report: one })).text).toBe('Fresh on the only pod.');
  });
});

test('nothing is called fresh before it has settled, however many pods have', () => {
  const states: Delivery['state'][] = ['waiting', 'accepted', 'applied', 'unknown', 'dead'];
  const pods = [pod('a', 'applied', settled), pod('b', 'applied', { ...caughtUp(4), ...settled })];
  const reports = [
    null,
    report([]),
    report(pods),
    report(pods, { state: 'applied' }),
    report(pods, { state: 'applied', final: true }),
    report([...pods, pod('c', 'failed')], { final: true }),
  ];
  for (const state of states) {
    for (const known of reports) {
      const one = delivery({ state, report: known });
      expect(`${summary(one).text} ${shortSummaryOf(one)}`).not.toMatch(/fresh/i);
    }
  }
});
