import { describe, expect, it } from 'vitest';
import vectors from '../../../contract/fixtures/evidence.json' with { type: 'json' };
import { carries, hashOf, runsOf } from '../../src/visits/evidence.ts';

describe('evidence', () => {
  it.each(vectors)('reads as WordPress has hashed it: $name', ({ eventId, text, words, runs }) => {
    expect(runsOf(text, words).map((run) => hashOf(eventId, run))).toEqual(runs);
  });

  const id = 'event_1';
  const evidence = { words: 6, runs: [hashOf(id, 'this is what is new here')] };
  it.each([
    ['the words as they are', 'this is what is new here', true],
    ['a page with them', '<main><h1>This is <em>what</em> is new&nbsp;here</h1></main>', true],
    ['what React puts between parts', '<p>This is what<!-- --> is new here</p>', true],
    ['JSON', '{"title":"This is what is new here"}', true],
    ['a script alone', '<script>this is what is new here</script>', false],
    ['other words', '<p>This is what was new here</p>', false],
  ])('is carried by %s: %s', (_, page, expected) => {
    expect(carries(page, id, evidence)).toBe(expected);
  });

  it('of another event is not', () => {
    expect(carries('this is what is new here', 'event_2', evidence)).toBe(false);
  });
});
