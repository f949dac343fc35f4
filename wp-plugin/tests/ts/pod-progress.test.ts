import { beforeAll, describe, expect, test, vi } from 'vitest';
import { podProgress } from '../../src/report/pod-progress.ts';
import { visitWords } from '../../src/report/visit-words.ts';
import type { PodLine, VisitLine } from '../../src/rest/shapes.ts';
import { pod, report } from './delivery-fixtures.ts';
import { line, visited, visits } from './visit-fixtures.ts';

const moment = (iso: string) => iso.slice(11, 19);
const progress = (one: PodLine) => podProgress(one, report([one]), moment);

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
});

test.each<[string, VisitLine, string | null]>([
  ['made', line('made'), '/hello/ made anew at 10:00:07'],
  [
    'made, and older than the change',
    line('made', { tries: 3, reason: 'The page shows an older version.' }),
    '/hello/ made anew at 10:00:07: The page shows an older version.',
  ],
  ['made, who knows when', { path: '/hello/', result: 'made', tries: 1 }, '/hello/ made anew'],
  [
    'served by another page',
    line('made', { servedBy: '/en/hello' }),
    '/hello/ made anew at 10:00:07 (served by /en/hello)',
  ],
  [
    'seen',
    line('seen', { servedBy: '/en/hello' }),
    '/hello/ made anew at 10:00:07 (served by /en/hello), seen',
  ],
  ['failed', line('failed', { tries: 3 }), '/hello/ not made anew after 3 tries'],
  [
    'failed, and why',
    line('failed', { tries: 1, reason: 'It answered 500.' }),
    '/hello/ not made anew after 1 try: It answered 500.',
  ],
  ['never tried', line('failed', { tries: 0 }), '/hello/ not made anew'],
  ['no page', line('no page', { status: 404 }), 'no page at /hello/ (404)'],
  ['no page, without a status', line('no page'), 'no page at /hello/'],
  ['redirected', line('redirected', { to: '/login' }), '/hello/ leads to /login'],
  ['redirected, who knows where', line('redirected'), '/hello/ leads elsewhere'],
  ['denied', line('denied', { status: 401 }), '/hello/ behind a login'],
  ['left', line('left'), '/hello/ left to its next visitor'],
  ['not cached', line('not cached'), '/hello/ made anew for each visitor'],
  ['gone', line('gone', { status: 410 }), '/hello/ gone (410)'],
  ['gone, by a bridge that says no more', line('gone'), '/hello/ gone'],
  ['gone to another page', line('gone', { status: 308, to: '/news' }), '/hello/ gone, leads to /news'],
  ['a word of a later bridge', line('postponed'), null],
])('a page that is %s', (_, one, words) => {
  expect(visitWords(one, moment)).toBe(words);
});

describe('what stands under a pod', () => {
  test('how it got from the push to the page', () => {
    expect(progress(visited('a', line('seen', { servedBy: '/en/hello' })))).toBe(
      'applied in 12 ms · fresh after 140 ms · /hello/ made anew at 10:00:07 (served by /en/hello), seen',
    );
  });

  test('nothing where nothing was visited', () => {
    expect(progress(pod('a', 'applied', { settledAt: '2026-03-01T10:00:00.140Z' }))).toBeNull();
  });

  test('no word of being applied or fresh where it is not', () => {
    expect(progress(pod('a', 'failed', { visits: visits(line('left')) }))).toBe(
      '/hello/ left to its next visitor',
    );
    expect(progress(pod('a', 'applied', { visits: visits() }))).toBe('applied in 12 ms');
  });

  test('no time of applying where it caught up: another sentence says that', () => {
    const caughtUp = { caughtUpAt: '2026-03-01T10:00:04.000Z', visits: visits(line('made')) };
    expect(progress(pod('a', 'applied', caughtUp))).toBe('/hello/ made anew at 10:00:07');
  });

  test('of other pages those that failed are named, and the others counted', () => {
    const other = (result: string, path: string) => line(result, { path });
    const one = visited(
      'a',
      ...['/1', '/2', '/3', '/4'].map((path) => other('failed', path)),
      other('no page', '/5'),
      other('redirected', '/6'),
      other('denied', '/7'),
      other('left', '/8'),
      other('left', '/9'),
      other('not cached', '/10'),
      other('gone', '/11'),
      other('made', '/12'),
      other('seen', '/13'),
      line('made'),
    );
    expect(progress(one)?.split(' · ').slice(2)).toEqual([
      '/hello/ made anew at 10:00:07',
      '/1 not made anew after 1 try',
      '/2 not made anew after 1 try',
      '/3 not made anew after 1 try',
      '1 more not made anew',
      '2 other pages made anew',
      '1 other made for each visitor',
      '2 others left to their next visitors',
      '1 other behind a login',
      '1 other leads elsewhere',
      '1 other gone',
      'no page at 1 other path',
    ]);
  });

  test('pages that a bridge only counts are counted here', () => {
    const many = pod('a', 'applied', { visits: { ...visits(line('made')), of: 30, made: 30 } });
    expect(progress(many)).toBe(
      'applied in 12 ms · /hello/ made anew at 10:00:07 · 29 other pages made anew',
    );
  });
});
