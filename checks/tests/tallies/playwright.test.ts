import { describe, expect, it } from 'vitest';
import { countPlaywright } from '../../src/tallies/playwright.ts';

const spec = (title: string, status: string, annotations: object[] = []) => ({
  title,
  tests: [{ status, annotations }],
});
const report = (suites: object[], errors: object[] = []) => JSON.stringify({ suites, errors });

describe('A Playwright report', () => {
  it('is counted through nested suites', () => {
    const suites = [{ specs: [spec('a', 'expected')], suites: [{ specs: [spec('b', 'unexpected')] }] }];
    expect(countPlaywright(report(suites))).toEqual({ passed: 1, failed: 1, skipped: [] });
  });

  it('names what was skipped, with the reason', () => {
    const suites = [
      {
        specs: [
          spec('a', 'skipped', [{ type: 'skip', description: 'needs native PHP' }]),
          spec('b', 'skipped'),
        ],
      },
    ];
    expect(countPlaywright(report(suites))?.skipped).toEqual([
      { what: 'a', reason: 'needs native PHP' },
      { what: 'b', reason: 'an earlier test failed' },
    ]);
  });

  it('counts a system that did not start as a failure', () => {
    expect(countPlaywright(report([], [{ message: 'no browser' }]))).toEqual({
      passed: 0,
      failed: 1,
      skipped: [],
    });
  });

  it.each(['', 'null', '{"suites": []}'])('gives no count when it reads %j', (text) => {
    expect(countPlaywright(text)).toBeUndefined();
  });
});
