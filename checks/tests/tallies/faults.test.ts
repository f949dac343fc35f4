import { describe, expect, it } from 'vitest';
import { countFaultVerdicts } from '../../src/tallies/faults.ts';

const count = (output: string) => countFaultVerdicts({ exitCode: 0, output });

describe('The fault suite', () => {
  it('is counted by its last line', () => {
    expect(
      count('✓ nothing is missing\n    40 judged\n✗ it heals\n    not so\n1 passed, 1 failed\n'),
    ).toMatchObject({
      passed: 1,
      failed: 1,
      failures: [{ what: 'it heals', says: 'not so' }],
      skipped: [],
    });
  });

  it('is quoted with what was wrong, and not with its figures alone', () => {
    const output = '✗ it heals\n    7 judged\n    pod-1 never did\n    nor did pod-2\n0 passed, 1 failed\n';
    expect(count(output)?.failures).toEqual([
      { what: 'it heals', says: '7 judged · pod-1 never did · nor did pod-2' },
    ]);
  });

  it('names what it could not judge, with the reason', () => {
    const output =
      '✓ it heals\n– fsync comes before 2xx\n    no strace here\n1 passed, 0 failed, 1 skipped\n';
    expect(count(output)?.skipped).toEqual([{ what: 'fsync comes before 2xx', reason: 'no strace here' }]);
  });

  it.each([
    '',
    'Seed 1, 2 minutes',
    '1 passed, 0 failed\nError: it died afterwards',
    '1 passed, 0 failed, 1 skipped',
  ])('gives no count for %j', (output) => {
    expect(count(output)).toBeUndefined();
  });
});
