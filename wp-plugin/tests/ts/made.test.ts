import { describe, expect, test } from 'vitest';
import { announcementOf } from '../../src/report/announcement.ts';
import { shortSummaryOf, summaryOf } from '../../src/report/summary.ts';
import type { Delivery, PodLine, Report } from '../../src/rest/shapes.ts';
import { delivery, pod, report } from './delivery-fixtures.ts';
import { line, settledAt, visited } from './visit-fixtures.ts';

const fresh = (pods: PodLine[], more: Partial<Report> = {}, change = 'post.updated') =>
  delivery({ change, report: report(pods, { state: 'settled', final: true, ...more }) });
const summary = (one: Delivery) => summaryOf(one, (iso) => iso.slice(11, 19));

describe('the page of what was changed', () => {
  test('made by each pod: the latest says when', () => {
    const pods = [
      visited('a', line('made')),
      visited('b', line('seen', { madeAt: '2026-03-01T10:00:09.500Z' })),
      visited('c', line('made')),
    ];
    expect(summary(fresh(pods))).toEqual({
      tone: 'good',
      text: 'Fresh on all 3 pods. 3 of 3 pods made /hello/ anew at 10:00:09.',
    });
    expect(shortSummaryOf(fresh(pods))).toBe('fresh');
  });

  test('seen on each pod: it shows the change', () => {
    const pods = [visited('a', line('seen')), visited('b', line('seen'))];
    expect(summary(fresh(pods))).toEqual({
      tone: 'good',
      text: 'Fresh on all 2 pods. 2 of 2 pods made /hello/ anew at 10:00:07, and it shows the change.',
    });
  });

  test('made of an older version on one: it says so in the pod’s own words', () => {
    const reason = 'The page shows an older version.';
    const pods = [visited('a', line('seen')), visited('b', line('made', { reason }))];
    expect(summary(fresh(pods)).text).toBe(
      'Fresh on all 2 pods. 2 of 2 pods made /hello/ anew at 10:00:07. The page shows an older version.',
    );
  });

  test('made by some so far', () => {
    const pods = [visited('a', line('made')), visited('b')];
    expect(summary(fresh(pods, { final: false })).text).toBe(
      'Fresh on all 2 pods. 1 of 2 pods made /hello/ anew so far.',
    );
  });

  test('made before all is fresh: it is not called fresh', () => {
    const pods = [visited('a', line('made')), pod('b', 'applied')];
    expect(summary(fresh(pods, { state: 'applied', final: false }))).toEqual({
      tone: 'pending',
      text: 'Applied by all 2 pods; settling. 1 of 2 pods made /hello/ anew so far.',
    });
  });

  test('no worse for a pod of before, which visits nothing', () => {
    const pods = [visited('a', line('made')), pod('b', 'applied', { settledAt })];
    expect(summary(fresh(pods))).toEqual({
      tone: 'good',
      text: 'Fresh on all 2 pods. 1 of 2 pods made /hello/ anew at 10:00:07.',
    });
  });

  test.each([
    [
      'no page',
      line('no page', { status: 404 }),
      'No page of this site answers /hello/ (404): does the site show posts under another address?',
    ],
    [
      'no page, by an answer without status',
      line('no page'),
      'No page of this site answers /hello/: does the site show posts under another address?',
    ],
    ['leading elsewhere', line('redirected', { to: '/login', status: 307 }), '/hello/ leads to /login.'],
    ['leading nobody knows where', line('redirected'), '/hello/ leads elsewhere.'],
    [
      'failed',
      line('failed', { tries: 3, reason: "WordPress can't be reached." }),
      "b could not make /hello/ anew: WordPress can't be reached.",
    ],
    ['failed, nobody knows why', line('failed'), 'b could not make /hello/ anew.'],
  ])('%s: fresh is not all there is to say', (_, wrong, words) => {
    const one = fresh([visited('b', wrong)]);
    expect(summary(one)).toEqual({ tone: 'partly', text: `Fresh on the only pod. ${words}` });
    expect(shortSummaryOf(one)).toBe('settled');
  });

  test.each([
    ['behind a login', line('denied'), '/hello/ is behind a login, so it could not be looked at.'],
    ['left', line('left', { tries: 0 }), '/hello/ is left to its next visitor on 1 of 1 pod.'],
    ['not cached', line('not cached'), '/hello/ is made anew for each visitor.'],
    ['gone', line('gone'), '1 of 1 pod no longer shows /hello/.'],
  ])('%s: nothing speaks against it', (_, well, words) => {
    const one = fresh([visited('b', well)]);
    expect(summary(one)).toEqual({ tone: 'good', text: `Fresh on the only pod. ${words}` });
    expect(shortSummaryOf(one)).toBe('fresh');
  });

  test('the worst pod has the word', () => {
    const failed = line('failed', { reason: 'WordPress answered 502.' });
    const pods = [visited('a', line('made')), visited('b', failed), visited('c', failed)];
    expect(summary(fresh(pods))).toEqual({
      tone: 'partly',
      text: 'Fresh on all 3 pods. 2 pods could not make /hello/ anew: WordPress answered 502.',
    });
  });

  test('made by some and left by others: both are said', () => {
    expect(summary(fresh([visited('a', line('made')), visited('b', line('left'))])).text).toBe(
      'Fresh on all 2 pods. 1 of 2 pods made /hello/ anew at 10:00:07. /hello/ is left to its next visitor on 1 of 2 pods.',
    );
  });

  test('no page on pods of one Service says nothing where those of another serve it', () => {
    const pods = [visited('site', line('made')), visited('shop', line('no page', { status: 404 }))];
    expect(summary(fresh(pods))).toEqual({
      tone: 'good',
      text: 'Fresh on all 2 pods. 1 of 2 pods made /hello/ anew at 10:00:07.',
    });
  });

  test('what becomes of other pages is not in the sentence', () => {
    const pods = [visited('a', line('failed', { path: '/feed' }), line('made'))];
    expect(summary(fresh(pods))).toEqual({
      tone: 'good',
      text: 'Fresh on the only pod. 1 of 1 pod made /hello/ anew at 10:00:07.',
    });
  });

  test.each(['post.unpublished', 'post.trashed', 'post.deleted'])(
    'after %s it is away, as it was to be',
    (change) => {
      const pods = [
        visited('a', line('gone')),
        visited('b', line('no page', { status: 404 })),
        visited('c', line('redirected', { to: '/' })),
      ];
      expect(summary(fresh(pods, {}, change))).toEqual({
        tone: 'good',
        text: 'Fresh on all 3 pods. 3 of 3 pods no longer show /hello/.',
      });
    },
  );

  test('beside pods that were told it keeps its word', () => {
    expect(summary(fresh([visited('a', line('made')), pod('b', 'told')])).text).toBe(
      "Fresh on the only pod. 1 of 1 pod made /hello/ anew at 10:00:07. 1 more was told; whether its pages are new can't be known.",
    );
  });

  test('a screen reader hears it too', () => {
    expect(announcementOf(null, fresh([visited('a', line('no page', { status: 404 }))]))).toContain(
      'No page of this site answers /hello/ (404)',
    );
  });
});

describe('a report reads as it did', () => {
  test.each([
    ['without visits', [pod('a', 'applied', { settledAt })], {}],
    ['with visits that have come to nothing yet', [visited('a')], { final: false }],
    [
      'where a whole site was changed',
      [visited('a', line('no page'))],
      { targets: [{ path: '/', scope: 'layout' }] },
    ],
    [
      'where the first page that was visited is another',
      [visited('a', line('failed', { path: '/feed' }))],
      {},
    ],
    ['with a result that only a later bridge knows', [visited('a', line('postponed'))], {}],
  ] satisfies Array<[string, PodLine[], Partial<Report>]>)('%s', (_, pods, more) => {
    const one = fresh(pods, more);
    expect(summary(one)).toEqual({ tone: 'good', text: 'Fresh on the only pod.' });
    expect(shortSummaryOf(one)).toBe('fresh');
  });
});
