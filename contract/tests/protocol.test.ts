import { describe, expect, it } from 'vitest';
import {
  limits,
  newSecret,
  parseSecret,
  sayProtocol,
  settledAnswerSchema,
  sign,
  speaksSecond,
} from '../src/index.ts';

const headersOf = (said: string | null) => ({
  get: (name: string) => (name === 'everypod-protocol' ? said : null),
});

describe('the second protocol', () => {
  it('is said by every signed message, which says the third', () => {
    expect(sign([parseSecret(newSecret())], 'msg_1', Date.now(), '{}')).toMatchObject(sayProtocol);
    expect(sayProtocol).toEqual({ 'everypod-protocol': '3' });
  });

  it.each(['2', '3', '10', '002'])('is spoken by who says %s, and a later one includes it', (said) => {
    expect(speaksSecond(headersOf(said))).toBe(true);
  });

  it.each([null, '', '0', '1', 'two', '2.0', '-2', '2, 1', '1e9', ' 2', '12345678901234567890'])(
    'is not spoken by who says %j',
    (said) => {
      expect(speaksSecond(headersOf(said))).toBe(false);
    },
  );
});

it('the largest answer about what has settled fits into what a pod may answer', () => {
  const path = '\u0001'.repeat(limits.heldPathCharacters);
  const largest = {
    ok: true,
    pod: {
      ip: '10.0.0.1',
      name: 'n'.repeat(253),
      instance: 'i'.repeat(64),
      builtAt: '2026-11-24T08:00:00.000Z',
    },
    cursor: { epoch: 'e'.repeat(64), seq: limits.seqMost },
    settled: { epoch: 'e'.repeat(64), seq: limits.seqMost },
    how: 'capped',
    held: { renders: Array(limits.heldRenders).fill({ path, forMs: Number.MAX_SAFE_INTEGER }), more: 1e9 },
  };
  expect(settledAnswerSchema.safeParse(largest).error).toBeUndefined();
  expect(Buffer.byteLength(JSON.stringify(largest))).toBeLessThan(limits.pushAnswerBytes);
});
