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
    expect(countPlaywright(report(suites))).toMatchObject({ passed: 1, failed: 1, skipped: [] });
  });

  it('names what failed, by what its last try says first, and what broke around all scenarios', () => {
    const tried = (message: string) => ({ error: { message } });
    const results = [tried('too late'), tried('\u001b[31mstill old\u001b[39m\n    at line 3')];
    const failed = { title: 'a', tests: [{ status: 'unexpected', annotations: [], results }] };
    expect(countPlaywright(report([{ specs: [failed] }], [{ message: 'no browser' }]))?.failures).toEqual([
      { what: 'a', says: 'still old' },
      { what: 'What comes before and after all scenarios', says: 'no browser' },
    ]);
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

  it('A21 names what passed at a second try only, and counts it as passed', () => {
    const late = spec('b', 'flaky');
    const results = [{ error: { message: '\n  Error: still old\n  at x' } }, {}];
    const flaky = { ...late, tests: late.tests.map((test) => ({ ...test, results })) };
    expect(countPlaywright(report([{ specs: [spec('a', 'expected'), flaky] }]))).toMatchObject({
      passed: 2,
      failed: 0,
      retried: [{ what: 'b', says: 'Error: still old' }],
    });
  });

  it('counts a system that did not start as a failure', () => {
    expect(countPlaywright(report([], [{ message: 'no browser' }]))).toMatchObject({
      passed: 0,
      failed: 1,
      skipped: [],
    });
  });

  it.each(['', 'null', '{"suites": []}'])('gives no count when it reads %j', (text) => {
    expect(countPlaywright(text)).toBeUndefined();
  });
});
