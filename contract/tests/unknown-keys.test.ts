import { describe, expect, it } from 'vitest';
import unknownKeys from '../fixtures/unknown-keys.json' with { type: 'json' };
import { goldenMessages, schemaOf } from './golden-messages.ts';
import { withUnknownKeys } from './with-unknown-keys.ts';

describe('A21 a key that nobody knows', () => {
  for (const { message, name, valid, value } of goldenMessages) {
    if (!valid) continue;
    it(`is ignored wherever it stands in ${message}: "${name}"`, () => {
      for (const { where, value: extended } of withUnknownKeys(value)) {
        const parsed = schemaOf(message).safeParse(extended);
        expect({ where, success: parsed.success }).toEqual({ where, success: true });
        // A problem keeps what it has: RFC 9457 lets each have members of its own.
        if (message !== 'problem') expect({ where, data: parsed.data }).toEqual({ where, data: value });
      }
    });
  }

  for (const { message, name, valid, value, reads } of unknownKeys) {
    it(`${valid ? 'changes nothing' : 'saves nothing'} in ${message}: "${name}"`, () => {
      const parsed = schemaOf(message).safeParse(value);
      expect(parsed.success).toBe(valid);
      if (parsed.success) expect(parsed.data).toEqual(reads);
    });
  }
});

describe('A21 a key that is known', () => {
  for (const { message, name, valid, value } of goldenMessages) {
    if (valid || typeof value !== 'object' || value === null) continue;
    if (unknownKeys.some((later) => later.message === message && later.name === name)) continue;
    it(`stays strict in ${message}: "${name}"`, () => {
      for (const { where, value: extended } of withUnknownKeys(value)) {
        expect({ where, ...schemaOf(message).safeParse(extended) }).toMatchObject({ where, success: false });
      }
    });
  }
});
