import { describe, expect, it } from 'vitest';
import { hearsAgain } from '../src/next/version.ts';

describe('a request’s background may invalidate once more what that request has invalidated', () => {
  it.each([
    ['15.1.0', false],
    ['15.5.29', false],
    ['16.3.9', false],
    ['16.4.0', true],
    ['16.4.6', true],
    ['16.10.1', true],
    ['17.0.0', true],
    ['unknown', false],
    [null, false],
  ])('in Next.js %s: %s', (version, heard) => expect(hearsAgain(version)).toBe(heard));
});
