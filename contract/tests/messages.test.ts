import { describe, expect, it } from 'vitest';
import targetKeys from '../fixtures/target-keys.json' with { type: 'json' };
import unknownKeys from '../fixtures/unknown-keys.json' with { type: 'json' };
import { problem, problemSchema, targetKey, targetOfKey, targetSchema } from '../src/index.ts';
import { goldenMessages, schemaOf, schemas } from './golden-messages.ts';

describe('golden messages', () => {
  it('cover every message with a good and a bad one', () => {
    for (const name of Object.keys(schemas)) {
      const verdicts = new Set(
        goldenMessages.filter(({ message }) => message === name).map(({ valid }) => valid),
      );
      expect([name, [...verdicts].sort()]).toEqual([name, [false, true]]);
    }
  });

  for (const { message, name, valid, value } of goldenMessages) {
    if (unknownKeys.some((later) => later.message === message && later.name === name)) continue;
    it(`${message}: ${valid ? 'takes' : 'refuses'} "${name}"`, () => {
      const parsed = schemaOf(message).safeParse(value);
      expect(parsed.success).toBe(valid);
      if (parsed.success) expect(parsed.data).toEqual(value);
    });
  }
});

describe('a target’s key in the journal', () => {
  it.each(targetKeys)('$key', ({ target, key }) => {
    expect(targetKey(targetSchema.parse(target))).toBe(key);
    expect(targetOfKey(key)).toEqual(target);
  });

  it('is refused when it is of no known kind', () => {
    expect(() => targetOfKey('url /a')).toThrow('No target has the key "url /a"');
  });
});

describe('a problem', () => {
  it('is itself a well-formed message with a stable type', () => {
    const made = problem('id-reused', 'Send the message with a new webhook-id.');
    expect(problemSchema.parse(made)).toEqual({
      type: 'urn:everypod:problem:id-reused',
      title: 'This id was used for another message',
      status: 409,
      detail: 'Send the message with a new webhook-id.',
    });
  });
});
