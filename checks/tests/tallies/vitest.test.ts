import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../src/command.ts';
import { createReportFile } from '../../src/tallies/report-file.ts';
import { countVitest } from '../../src/tallies/vitest.ts';

const report = (...testResults: object[]) => JSON.stringify({ testResults });
const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((state, index) => ({
    fullName: `test ${index}`,
    status: state,
    failureMessages: [],
  })),
});

describe('A Vitest report', () => {
  it('is counted test by test', () => {
    expect(
      countVitest(report(file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed'))),
    ).toMatchObject({
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
    expect(countVitest(report(file('failed')))).toMatchObject({ passed: 0, failed: 1, skipped: [] });
  });

  it('counts a file whose hook failed after good tests as a failure', () => {
    expect(countVitest(report(file('failed', 'passed')))?.failed).toBe(1);
  });

  it.each(['', '{', '[]', '{"testResults": 3}'])('gives no count when it reads %j', (text) => {
    expect(countVitest(text)).toBeUndefined();
  });

  it('A21 names what failed and what passed at a second try only, as Vitest itself writes it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'everypod-retried-'));
    writeFileSync(
      join(folder, 'a.test.js'),
      `let tries = 0;
      it('is late', () => { tries += 1; expect(tries).toBe(2); });
      it('is in time', () => {});
      it('is wrong', () => { expect(1).toBe(2); });
      it.fails('is known to fail', () => { expect(1).toBe(2); });`,
    );
    const written = createReportFile();
    const args = [
      '--root',
      folder,
      '--globals',
      '--retry=1',
      '--reporter=json',
      `--outputFile=${written.path}`,
    ];
    await runCommand(
      { program: process.execPath, args: ['node_modules/vitest/vitest.mjs', 'run', ...args] },
      () => {},
    );
    rmSync(folder, { recursive: true });
    expect(countVitest(written.read())).toEqual({
      passed: 3,
      failed: 1,
      failures: [
        { what: 'is wrong', says: 'AssertionError: expected 1 to be 2 // Object.is equality (a.test.js:4)' },
      ],
      skipped: [],
      retried: [
        { what: 'is late', says: 'AssertionError: expected 1 to be 2 // Object.is equality (a.test.js:2)' },
      ],
    });
  });

  it('A21 names an error that nobody caught, though each test passed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'everypod-uncaught-'));
    writeFileSync(
      join(folder, 'a.test.js'),
      `it('is good', () => void setTimeout(() => { throw new Error('Nobody waits for this.'); }));
      it('is good, too', () => new Promise((resolve) => setTimeout(resolve, 50)));`,
    );
    const written = createReportFile();
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${written.path}`];
    const { output } = await runCommand(
      {
        program: process.execPath,
        args: ['node_modules/vitest/vitest.mjs', 'run', '--root', folder, '--globals', ...reporters],
      },
      () => {},
    );
    rmSync(folder, { recursive: true });
    expect(countVitest(written.read(), output)).toMatchObject({
      passed: 2,
      failed: 1,
      failures: [{ what: 'what nobody caught in a.test.js', says: 'Error: Nobody waits for this.' }],
    });
  });
});
