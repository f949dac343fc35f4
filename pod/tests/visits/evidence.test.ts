import { describe, expect, it } from 'vitest';
import vectors from '../../../contract/fixtures/evidence.json' with { type: 'json' };
import { carries, hashOf, runsOf, toldBy } from '../../src/visits/evidence.ts';

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

describe('the version that a page names', () => {
  const changed = '2026-11-30T16:50:00Z';
  const evidence = { version: { post: '42', modified: changed } };
  const toldOf = (page: string) => toldBy(page, 'event_1', evidence);
  const showsIt = { kind: 'shows it' };
  const saysNothing = { kind: 'says nothing' };
  const isOlder = { kind: 'is older', modified: '2026-11-30T10:04:00Z' };
  const pageWith = (head: string) =>
    `<!DOCTYPE html><html lang="en"><head>${head}</head><body>Hello</body></html>`;

  it.each([
    ['as React writes it', `<meta name="everypod:version" content="42 ${changed}"/>`],
    ['as next/head marks it', `<meta name="everypod:version" content="42 ${changed}" data-next-head=""/>`],
    [
      'as next/head marked it before',
      `<meta name="everypod:version" content="42 ${changed}" class="next-head"/>`,
    ],
    ['the other way round', `<meta content="42 ${changed}" name="everypod:version"/>`],
    ['in single quotes', `<meta name='everypod:version' content='42 ${changed}'>`],
    ['with no quotes that could be left out', `<meta name=everypod:version content="42 ${changed}">`],
    ['over several lines', `<meta\n  name="everypod:version"\n  content="42 ${changed}"\n>`],
    ['in capitals', `<META NAME="everypod:version" CONTENT="42 ${changed}">`],
    [
      'beside others',
      `<meta charSet="utf-8"/><meta name="description" content="It's >"/><meta name="everypod:version" content="42 ${changed}"/>`,
    ],
    ['of a second later', '<meta name="everypod:version" content="42 2026-11-30T16:50:01Z"/>'],
    ['of a year later', '<meta name="everypod:version" content="42 2027-01-01T00:00:00Z"/>'],
    [
      'beside those of other posts',
      `<meta name="everypod:version" content="4 2020-01-01T00:00:00Z"/><meta name="everypod:version" content="42 ${changed}"/>`,
    ],
  ])('is the new one: %s', (_, head) => {
    expect(toldOf(pageWith(head))).toEqual(showsIt);
  });

  it.each([
    ['alone', '<meta name="everypod:version" content="42 2026-11-30T10:04:00Z"/>'],
    ['by the other way round', '<meta content="42 2026-11-30T10:04:00Z" name="everypod:version"/>'],
    [
      'before the new one',
      `<meta name="everypod:version" content="42 2026-11-30T10:04:00Z"/><meta name="everypod:version" content="42 ${changed}"/>`,
    ],
    [
      'behind the new one',
      `<meta name="everypod:version" content="42 ${changed}"/><meta name="everypod:version" content="42 2026-11-30T10:04:00Z"/>`,
    ],
  ])('is an older one: %s', (_, head) => {
    expect(toldOf(pageWith(head))).toEqual(isOlder);
  });

  it.each([
    ['there is none', ''],
    ['it is that of another post', `<meta name="everypod:version" content="4 ${changed}"/>`],
    ['of one whose id begins alike', `<meta name="everypod:version" content="421 ${changed}"/>`],
    ['the meta has another name', `<meta name="version" content="42 ${changed}"/>`],
    ['it stands under a property', `<meta property="everypod:version" content="42 ${changed}"/>`],
    ['it is no moment', '<meta name="everypod:version" content="42 yesterday"/>'],
    ['it has no zone', '<meta name="everypod:version" content="42 2026-11-30T16:50:00"/>'],
    ['it has more to it', `<meta name="everypod:version" content="42 ${changed} and more"/>`],
    ['it is text', `&lt;meta name="everypod:version" content="42 ${changed}"/&gt;`],
    ['it is a comment', `<!-- <meta name="everypod:version" content="42 ${changed}"/> -->`],
    ['a script holds it', `<script>x = '<meta name="everypod:version" content="42 ${changed}"/>'</script>`],
    [
      'the flight of React holds it',
      `<script>self.__next_f.push([1,"[\\"$\\",\\"meta\\",null,{\\"name\\":\\"everypod:version\\",\\"content\\":\\"42 ${changed}\\"}]"])</script>`,
    ],
  ])('is not there: %s', (_, head) => {
    expect(toldOf(pageWith(head))).toEqual(saysNothing);
  });

  const words = { words: 6, runs: [hashOf('event_1', 'this is what is new here')] };
  it.each([
    ['the new version without the new words shows the change', `42 ${changed}`, 'Shorter.', showsIt],
    ['an older version with them does not', '42 2026-11-30T10:04:00Z', 'This is what is new here', isOlder],
    ['no version, with them, shows it', `4 ${changed}`, 'This is what is new here', showsIt],
    ['neither says nothing', `4 ${changed}`, 'Shorter.', saysNothing],
  ])('beside words: %s', (_, content, text, expected) => {
    const page = `<meta name="everypod:version" content="${content}"/><p>${text}</p>`;
    expect(toldBy(page, 'event_1', { ...evidence, ...words })).toEqual(expected);
  });

  it('is not asked for where the event names none', () => {
    const page = pageWith('<meta name="everypod:version" content="42 2020-01-01T00:00:00Z"/>');
    expect(toldBy(page, 'event_1', words)).toEqual(saysNothing);
  });

  it('is looked for in a page of any size', () => {
    expect(toldOf(`<meta name="${'<meta x='.repeat(250_000)}`)).toEqual(saysNothing);
  });
});
