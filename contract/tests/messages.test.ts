import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import targetKeys from '../fixtures/target-keys.json' with { type: 'json' };
import unknownKeys from '../fixtures/unknown-keys.json' with { type: 'json' };
import vanishingKeys from '../fixtures/vanishing-keys.json' with { type: 'json' };
import {
  catchUpAnswerSchema,
  eventStateSchema,
  limits,
  plainTarget,
  podStates,
  problem,
  problemNames,
  problemSchema,
  targetKey,
  targetOfKey,
  targetSchema,
  vanishes,
} from '../src/index.ts';
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
  it.each([...targetKeys, ...vanishingKeys])('$key', ({ target, key }) => {
    expect(targetKey(targetSchema.parse(target))).toBe(key);
    expect(targetOfKey(key)).toEqual(target);
  });

  it.each(['url /a', 'vanishes', 'vanishes url /a', 'vanishes topic flags', 'vanishes vanishes tag a'])(
    'is refused when it is of no known kind: %s',
    (key) => {
      expect(() => targetOfKey(key)).toThrow(`No target has the key "${key}"`);
    },
  );

  it('is one for one target, in whatever order it was written, and so is its JSON', () => {
    const read = targetSchema.parse({ vanishes: true, scope: 'page', path: '/a' });
    expect(JSON.stringify(read)).toBe('{"path":"/a","scope":"page","vanishes":true}');
    expect(targetOfKey(targetKey(read))).toEqual(read);
    expect(JSON.stringify(targetOfKey(targetKey(read)))).toBe(JSON.stringify(read));
  });

  it('is that of the thing itself once nobody minds whether it vanishes', () => {
    for (const { target } of vanishingKeys) {
      const plain = plainTarget(targetSchema.parse(target));
      expect({ ...plain, vanishes: true }).toEqual(target);
      expect([vanishes(targetSchema.parse(target)), vanishes(plain)]).toEqual([true, false]);
    }
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

describe('the contract has no word that nothing says', () => {
  const sources = globSync(['bridge/src/**/*.ts', 'pod/src/**/*.ts', 'fan-out/src/**/*.ts'], {
    cwd: join(import.meta.dirname, '../..'),
  }).map((path) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8'));

  it.each([...eventStateSchema.options, ...podStates, ...problemNames])('A21 %s', (word) => {
    expect(sources.some((text) => text.includes(`'${word}'`))).toBe(true);
  });
});

it('A21 the largest answer to a catch-up fits its limit, which is not far above it', () => {
  // A control character takes six bytes, the most that JSON needs for one.
  const path = `/${'\u0001'.repeat(limits.pathCharacters - 1)}`;
  const tag = '\u0001'.repeat(limits.tagCharacters);
  const tagsInOneEvent = Math.floor(limits.eventBodyBytes / JSON.stringify({ tag }).length);
  const largest = {
    epoch: 'e'.repeat(64),
    upTo: limits.seqMost,
    targets: [
      ...Array.from({ length: limits.callsPerSlice }, () => ({
        path,
        scope: 'layout',
        vanishes: true,
      })),
      // A slice ends with an event, and of the longest tags no event holds as many as it may.
      ...Array.from({ length: limits.tagsPerSlice - limits.callsPerSlice + tagsInOneEvent - 1 }, () => ({
        tag,
        vanishes: true,
      })),
    ],
    more: true,
  };
  const { targets: _, more: __, ...position } = largest;
  const vanishing = Array.from({ length: limits.vanishingBesideEverything }, () => ({
    path,
    scope: 'layout',
    vanishes: true,
  }));
  const bytes = Buffer.byteLength(JSON.stringify(largest));
  for (const answer of [largest, { ...position, everything: true, vanishing }]) {
    expect(catchUpAnswerSchema.safeParse(answer).error).toBeUndefined();
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThanOrEqual(limits.catchUpAnswerBytes);
  }
  expect(limits.catchUpAnswerBytes).toBeLessThan(1.5 * bytes);
});
