import { describe, expect, test } from 'vitest';
import { heldWords } from '../../src/report/held.ts';
import { ago, msBetween, timeOfDay } from '../../src/report/moments.ts';
import { deliveryStateWord, durationWords, podLineWord, podStateWord } from '../../src/report/words.ts';
import { changeWords } from '../../src/status/change-words.ts';
import { subjectWords } from '../../src/status/subject-words.ts';
import { pod } from './delivery-fixtures.ts';

test("a pod's state is the glossary's word", () => {
  const states = [
    'asked',
    'applied',
    'behind',
    'refused',
    'failed',
    'unreachable',
    'starting',
    'gone',
    'told',
  ] as const;
  expect(states.map(podStateWord)).toEqual(states);
});

test("a pod's line says settled once it has settled what it applied, and only then", () => {
  const settledAt = '2026-03-01T10:00:12.000Z';
  expect(podLineWord({ state: 'applied' })).toBe('applied');
  expect(podLineWord({ state: 'applied', settledAt })).toBe('settled');
  expect(podLineWord({ state: 'gone', settledAt })).toBe('gone');
});

test.each(['drained', 'capped', 'second pass'] as const)("a pod's line says that it settled: %s", (how) => {
  const settledAt = '2026-03-01T10:00:12.000Z';
  expect(podLineWord({ state: 'applied', settledAt, how })).toBe(`settled (${how})`);
  expect(podLineWord({ state: 'applied', how })).toBe('applied');
});

test("a pod's line says old while its visitors get the page as it was, and no longer", () => {
  const settledAt = '2026-03-01T10:00:12.000Z';
  expect(podLineWord({ state: 'applied', keeps: true })).toBe('old');
  expect(podLineWord({ state: 'applied', keeps: true, settledAt })).toBe('settled');
  expect(podLineWord({ state: 'unreachable', keeps: true })).toBe('unreachable');
});

describe('what a pod did not wait for', () => {
  const held = (paths: string[], more?: number) => ({
    how: 'capped' as const,
    held: { renders: paths.map((path, at) => ({ path, forMs: 10_004 + at })), ...(more && { more }) },
  });

  test('nothing is said where there is nothing', () => {
    expect(heldWords([pod('a', 'applied', { how: 'drained' })])).toBeNull();
  });

  test('it is named, with how long it has hung', () => {
    expect(heldWords([pod('a', 'applied', held(['/x']))])).toBe(
      'All but /x, whose render has hung for 10 s.',
    );
  });

  test('each page is named once, three at most, and the others are counted', () => {
    const pods = [pod('a', 'applied', held(['/x', '/y'], 4)), pod('b', 'applied', held(['/y', '/z', '/q']))];
    expect(heldWords(pods)).toBe(
      'All but /x, whose render has hung for 10 s; /y, whose render has hung for 10 s; /z, whose render has hung for 10 s; 5 more.',
    );
  });
});

test('an event\'s state is the glossary\'s word; a dead delivery is "given up"', () => {
  const states = ['waiting', 'accepted', 'applied', 'settled', 'unknown'] as const;
  expect(states.map(deliveryStateWord)).toEqual(states);
  expect(deliveryStateWord('dead')).toBe('given up');
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_240, '1.2 s'],
  [9_949, '9.9 s'],
  [10_400, '10 s'],
])('%d ms reads %s', (ms, words) => {
  expect(durationWords(ms, 'en')).toBe(words);
});

test('seconds have the decimal sign of the language', () => {
  expect(durationWords(4_000, 'de')).toBe('4,0 s');
});

describe('moments', () => {
  const now = Date.parse('2026-03-01T12:00:00.000Z');
  const before = (seconds: number) => new Date(now - seconds * 1_000).toISOString();

  test.each([
    [0, 'now'],
    [5, '5 seconds ago'],
    [75, '1 minute ago'],
    [3_700, '1 hour ago'],
    [86_400, 'yesterday'],
    // The server's clock may be a little ahead of the browser's.
    [-3, 'now'],
  ])('%d seconds before now reads "%s"', (seconds, words) => {
    expect(ago(before(seconds), now, 'en')).toBe(words);
  });

  test('the date stands there only when it is not today', () => {
    expect(timeOfDay(before(60), now, 'en')).not.toContain('2026');
    expect(timeOfDay(before(3 * 86_400), now, 'en')).toContain('2026');
  });

  test('no span of time is negative', () => {
    expect(msBetween(before(1), before(5))).toBe(0);
    expect(msBetween(before(5), before(1))).toBe(4_000);
  });
});

test.each([
  [{ kind: 'post', id: '12', title: 'Hello' }, 'Hello'],
  [{ kind: 'post', id: '12', title: '' }, 'post 12'],
  [{ kind: 'term', id: '3', title: '' }, 'term 3'],
  [{ kind: 'author', id: '1', title: '' }, 'author 1'],
  [{ kind: 'site', id: '1', title: '' }, 'the site'],
  [{ kind: 'connection', id: 'test', title: '' }, 'connection test'],
  [{ kind: 'flag', id: 'dark-mode', title: '' }, 'flag dark-mode'],
])('%j reads "%s"', (subject, words) => {
  expect(subjectWords(subject)).toBe(words);
});

test('a change that another plugin names keeps its name; ours read in plain words', () => {
  expect(changeWords('post.trashed')).toBe('moved to the trash');
  expect(changeWords('post.taken_down')).toBe('taken down by hand');
  expect(changeWords('comment.removed')).toBe('comment removed');
  expect(changeWords('comment.added')).toBe('comment added');
  expect(changeWords('options.updated')).toBe('options updated');
  expect(changeWords('theme.updated')).toBe('theme updated');
  expect(changeWords('flags.changed')).toBe('flags.changed');
});
