import { describe, expect, it } from 'vitest';
import { readJson } from '../src/index.ts';

const bytes = (...parts: Array<string | number>) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

describe('the JSON of a message', () => {
  it.each([
    ['an accent', bytes('{"path":"/café"}'), { path: '/café' }],
    ['an emoji', bytes('{"path":"/😀"}'), { path: '/😀' }],
    ['an emoji that is escaped, as PHP writes it', bytes('{"path":"/\\ud83d\\ude00"}'), { path: '/😀' }],
    ['a character that stands for a broken one, and was sent as such', bytes('"\ufffd"'), '\ufffd'],
    ['an escaped backslash before what looks like half a character', bytes('"\\\\ud83d"'), '\\ud83d'],
  ])('A7 is read as it was written: %s', (_, raw, json) => {
    expect(readJson(raw)).toEqual({ json });
  });

  it.each([
    ['a byte that UTF-8 never has', bytes('{"path":"/caf', 0xe9, '"}')],
    ['a byte that only goes on', bytes('"', 0x80, '"')],
    ['a character that is cut off', bytes('"', 0xf0, 0x9f, 0x98, '"')],
    ['a longer form than it needs', bytes('"', 0xc0, 0xaf, '"')],
    ['half a character', bytes('"', 0xed, 0xa0, 0xbd, '"')],
    ['UTF-16', bytes(0xff, 0xfe, '"', 0, 'a', 0, '"', 0)],
  ])('A7 is nothing but UTF-8: %s', (_, raw) => {
    expect(readJson(raw)).toEqual({ wrong: 'The body is not UTF-8.' });
  });

  it.each([
    ['first half alone', '{"path":"/\\ud83d"}'],
    ['second half alone', '{"path":"/\\ude00"}'],
    ['halves the wrong way round', '["\\ude00\\ud83d"]'],
    ['a half in capitals', '["\\uD83D"]'],
    ['a half in a name', '{"\\ud83d":1}'],
  ])('A7 has no half of a character, which UTF-8 has no bytes for: %s', (_, raw) => {
    expect(readJson(bytes(raw))).toEqual({ wrong: 'The body has half a character (\\ud800 to \\udfff).' });
  });

  it.each([
    ['nothing', ''],
    ['text', 'nonsense'],
    ['a mark before it', '\ufeff{}'],
    ['what is cut off', '{"a":'],
  ])('A7 is JSON: %s', (_, raw) => {
    expect(readJson(bytes(raw))).toEqual({ wrong: 'The body is not JSON.' });
  });
});
