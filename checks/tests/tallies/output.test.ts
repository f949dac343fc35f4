import { describe, expect, it } from 'vitest';
import { countExit, countExitWith, countFaults } from '../../src/tallies/by-exit-code.ts';
import { countPhpunit } from '../../src/tallies/phpunit.ts';
import { failedTimes, passedOnce } from '../../src/tally.ts';

const ended = (exitCode: number, output = '') => ({ exitCode, output });

describe('PHPUnit', () => {
  it.each([
    ['OK (44 tests, 120 assertions)', 44, 0, 0],
    ['OK (1 test, 1 assertion)', 1, 0, 0],
    ['FAILURES!\nTests: 44, Assertions: 118, Failures: 2.', 42, 2, 0],
    ['ERRORS!\nTests: 10, Assertions: 8, Errors: 1, Failures: 1, Skipped: 3.', 5, 2, 3],
    ['OK, but incomplete, skipped, or risky tests!\nTests: 5, Assertions: 5, Risky: 1.', 4, 1, 0],
  ])('is counted by its last lines: %s', (output, passed, failed, skipped) => {
    const tally = countPhpunit(ended(0, output));
    expect(tally).toMatchObject({ passed, failed });
    expect(tally?.skipped).toHaveLength(skipped);
  });

  it('names what failed', () => {
    const output =
      'There was 1 failure:\n\n1) Everypod\\Tests\\SaveTest::test_a_save with data set "x" (1)\nFailed asserting that 1 is 2.\n\nFAILURES!\nTests: 44, Assertions: 118, Failures: 1.';
    expect(countPhpunit(ended(1, output))?.failures).toEqual([
      {
        what: 'Everypod\\Tests\\SaveTest::test_a_save with data set "x" (1)',
        says: 'Failed asserting that 1 is 2.',
      },
    ]);
  });

  it.each(['', 'No tests executed!', 'PHP Fatal error: Uncaught Error'])(
    'gives no count for %j',
    (output) => {
      expect(countPhpunit(ended(0, output))).toBeUndefined();
    },
  );
});

describe('A tool that is counted by its exit code', () => {
  it('passes once or fails once', () => {
    expect(countExit(ended(0))).toEqual(passedOnce);
    expect(countExit(ended(1))).toEqual(failedTimes(1));
    expect(countExit({ exitCode: null, output: '' })).toEqual(failedTimes(1));
  });

  it('must also say that it looked at something, where it can', () => {
    const count = countExitWith(/Checked [1-9]\d* files/);
    expect(count(ended(0, 'Checked 184 files in 80ms.'))).toEqual(passedOnce);
    expect(count(ended(0, 'Checked 0 files in 1ms.'))).toBeUndefined();
    expect(count(ended(1, ''))).toEqual(failedTimes(1));
  });

  it('fails as many times as it names a fault', () => {
    const count = countFaults(/error TS\d+/);
    expect(count(ended(2, 'a.ts(1,1): error TS2322: no\nb.ts(2,2): error TS2304: no'))).toEqual(
      failedTimes(2),
    );
    expect(count(ended(0))).toEqual(passedOnce);
    expect(count(ended(1, 'Cannot find module'))).toEqual(failedTimes(1));
    expect(countFaults(/error:/i)(ended(0, 'Error: no'))).toEqual(failedTimes(1));
  });
});
