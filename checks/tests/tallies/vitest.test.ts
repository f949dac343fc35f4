import { describe, expect, it } from 'vitest';
import { countVitest } from '../../src/tallies/vitest.ts';

const report = (...testResults: object[]) => JSON.stringify({ testResults });
const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((state, index) => ({ fullName: `test ${index}`, status: state })),
});

describe('A Vitest report', () => {
  it('is counted test by test', () => {
    expect(
      countVitest(report(file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed'))),
    ).toEqual({
      passed: 3,
      failed: 1,
      skipped: [],
    });
  });

  it('names what was skipped', () => {
    expect(countVitest(report(file('passed', 'passed', 'skipped', 'todo')))?.skipped).toEqual([
      { what: 'test 1', reason: 'marked skipped in the test' },
      { what: 'test 2', reason: 'marked todo in the test' },
    ]);
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(countVitest(report(file('failed')))).toEqual({ passed: 0, failed: 1, skipped: [] });
  });

  it('counts a file whose hook failed after good tests as a failure', () => {
    expect(countVitest(report(file('failed', 'passed')))?.failed).toBe(1);
  });

  it.each(['', '{', '[]', '{"testResults": 3}'])('gives no count when it reads %j', (text) => {
    expect(countVitest(text)).toBeUndefined();
  });
});
