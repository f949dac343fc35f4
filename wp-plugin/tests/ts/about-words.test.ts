import { describe, expect, test } from 'vitest';
import { aboutWords, doneWords, eachInWords } from '../../src/status/about-words.ts';
import { delivery } from './delivery-fixtures.ts';

const post = (nth: number, change = 'post.updated') => ({
  kind: 'post',
  id: `${nth}`,
  title: `Post ${nth}`,
  change,
});
const many = (count: number) => Array.from({ length: count }, (_, nth) => post(nth + 1));

describe('what a delivery is about', () => {
  test('one thing goes by its name', () => {
    expect(aboutWords(delivery())).toBe('Hello');
    expect(doneWords(delivery())).toBe('updated');
  });

  test('many are counted', () => {
    const fifty = delivery({ subjects: many(50) });
    expect([aboutWords(fifty), doneWords(fifty)]).toEqual(['50 posts', 'updated']);
  });

  test('each kind is counted apart, and what was done is named where it is the same for all', () => {
    const both = delivery({
      subjects: [...many(2), { kind: 'term', id: '3', title: 'News', change: 'term.created' }],
    });
    expect([aboutWords(both), doneWords(both)]).toEqual(['2 posts, 1 term', 'changed']);
  });

  test('what its own plugin calls otherwise is counted, too', () => {
    const own = { kind: 'flag', id: 'a', title: 'A', change: 'flag.set' };
    expect(aboutWords(delivery({ subjects: [own, own] }))).toBe('2 others');
  });

  test('each has a line', () => {
    expect(eachInWords([post(1), post(2, 'post.trashed')])).toEqual([
      'Post 1 – updated',
      'Post 2 – moved to the trash',
    ]);
  });
});
