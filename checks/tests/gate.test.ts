import { getPriority } from 'node:os';
import { describe, expect, it } from 'vitest';
import { runSuite } from '../src/run-suite.ts';
import { runSuites } from '../src/run-suites.ts';
import type { Step, Suite } from '../src/suite.ts';
import { summarize } from '../src/summary.ts';
import { failedTimes, passedOnce, type Tally } from '../src/tally.ts';

const silent = () => {};

function script(code: string, count: () => Tally | undefined = () => passedOnce): Step {
  return { command: { program: process.execPath, args: ['-e', code] }, count };
}

const run = (steps: Step[], show: (line: string) => void = silent) =>
  runSuite({ name: 'suite', says: 'It is checked', steps }, show);

describe('A suite', () => {
  it('adds up its steps', async () => {
    expect(await run([script(''), { check: async () => failedTimes(2) }])).toEqual({
      passed: 1,
      failed: 2,
      failures: [],
      skipped: [],
      retried: [],
    });
  });

  it('shows both outputs line by line, as they come', async () => {
    const lines: string[] = [];
    await run([script('console.log("one\\ntwo"); process.stdout.write("three")')], (line) =>
      lines.push(line),
    );
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  it('keeps what one output leaves without an end of line out of the lines of the other', async () => {
    const lines: string[] = [];
    const halfAWarning =
      'process.stderr.write("a warning", () => setTimeout(() => console.log("OK (2 tests)"), 200))';
    await run([script(halfAWarning)], (line) => lines.push(line));
    expect(lines).toEqual(['OK (2 tests)', 'a warning']);
  });

  it('has no stdin to wait for', async () => {
    expect(await run([script('process.stdin.resume()')])).toEqual(passedOnce);
  });

  it.each([
    ['wholly', 19],
    ['mostly', 5],
  ] as const)('lets whoever runs beside it go first, %s, where it says so', async (yields, nicer) => {
    const lines: string[] = [];
    const priority = script('console.log(require("node:os").getPriority())');
    if (!('command' in priority)) throw new Error('It runs no program.');
    await run([priority, { ...priority, command: { ...priority.command, yields } }], (line) =>
      lines.push(line),
    );
    const [usual, yielding] = lines.map(Number);
    expect(usual).toBe(getPriority());
    expect(yielding).toBe(nicer);
  });

  it('counts as one skipped, with the reason, when it lacks something', async () => {
    const tally = await runSuite(
      { name: 'suite', says: '', needs: [async () => 'no kubectl'], steps: [script('process.exit(1)')] },
      silent,
    );
    expect(tally).toEqual({
      passed: 0,
      failed: 0,
      failures: [],
      skipped: [{ what: 'suite', reason: 'no kubectl' }],
      retried: [],
    });
  });
});

describe('Suites that may run side by side', () => {
  const suite = (
    name: string,
    check: (show: (line: string) => void) => Promise<Tally>,
    beside?: string,
  ): Suite => ({
    name,
    says: '',
    steps: [{ check }],
    ...(beside !== undefined && { beside }),
  });
  const waiting = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    return { promise, go: () => resolve() };
  };

  it('wait for each other’s work, and are shown one after the other', async () => {
    const second = waiting();
    const lines: string[] = [];
    const outcomes = await runSuites(
      [
        suite('one', async (show) => {
          await second.promise;
          show('at last');
          return passedOnce;
        }),
        suite(
          'two',
          async (show) => {
            show('meanwhile');
            second.go();
            return failedTimes(1);
          },
          'one',
        ),
      ],
      (line) => lines.push(line),
    );
    expect(lines).toEqual(['▸ one: ', '  at last', '', '▸ two: ', '  meanwhile', '']);
    expect(outcomes.map(({ suite: { name }, tally }) => [name, tally.passed, tally.failed])).toEqual([
      ['one', 1, 0],
      ['two', 0, 1],
    ]);
  });

  it('run in order where the one is not there', async () => {
    const order: string[] = [];
    const noting = (name: string) => async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      return passedOnce;
    };
    await runSuites([suite('zero', noting('zero')), suite('two', noting('two'), 'one')], silent);
    expect(order).toEqual(['zero begins', 'zero ends', 'two begins', 'two ends']);
  });

  it('that go on meanwhile are waited for where one wants to be alone, and shown there', async () => {
    const next = waiting();
    const lines: string[] = [];
    const says = (word: string) => async (show: (line: string) => void) => {
      show(word);
      return passedOnce;
    };
    const long = suite('long', async (show) => {
      show('begun');
      await next.promise;
      return passedOnce;
    });
    const following = suite('following', async (show) => {
      next.go();
      return says('not kept waiting')(show);
    });
    await runSuites(
      [{ ...long, meanwhile: true }, following, { ...suite('measured', says('alone')), alone: true }],
      (line) => lines.push(line),
    );
    expect(lines.filter((line) => line !== '')).toEqual([
      '▸ following: ',
      '  not kept waiting',
      '▸ long: ',
      '  begun',
      '▸ measured: ',
      '  alone',
    ]);
  });

  it('that go on meanwhile wait for the one that they come after, and for no other', async () => {
    const first = waiting();
    const order: string[] = [];
    const noting = (name: string, until = Promise.resolve()) =>
      suite(name, async () => {
        await until;
        order.push(name);
        return passedOnce;
      });
    const meanwhile = true;
    await runSuites(
      [
        { ...noting('first', first.promise), meanwhile },
        { ...noting('behind it', undefined), meanwhile, after: 'first' },
        { ...noting('beside both'), meanwhile },
        { ...noting('after none that is there'), meanwhile, after: 'nobody' },
        suite('last', async () => {
          first.go();
          order.push('last');
          return passedOnce;
        }),
      ],
      silent,
    );
    expect(order.slice(-2)).toEqual(['first', 'behind it']);
    expect(order.slice(0, -2).sort()).toEqual(['after none that is there', 'beside both', 'last']);
  });

  it('that go on meanwhile are waited for at the end', async () => {
    const outcomes = await runSuites(
      [
        { ...suite('long', async () => failedTimes(1)), meanwhile: true },
        suite('short', async () => passedOnce),
      ],
      silent,
    );
    expect(outcomes.map(({ suite: { name } }) => name)).toEqual(['short', 'long']);
  });
});

describe('The gate fails closed', () => {
  const nothing: Tally = { passed: 0, failed: 0, failures: [], skipped: [], retried: [] };

  it.each<[string, Step]>([
    ['prints no count', script('', () => undefined)],
    ['counts nothing', script('', () => nothing)],
    ['counts no failure and ends badly', script('process.exit(3)')],
    ['is ended by a signal', script('process.kill(process.pid, "SIGKILL")')],
    ['cannot be started', { command: { program: 'no-such-program', args: [] }, count: () => passedOnce }],
  ])('when a tool %s', async (_what, step) => {
    const lines: string[] = [];
    const { failed } = await run([step], (line) => lines.push(line));
    expect(failed).toBe(1);
    expect(lines.at(-1)).toMatch(/counted|could not be started|ended/);
  });

  it('and says at the end with which lines, where the tool names no failure', async () => {
    const steps = [
      script(`for (let line = 0; line < 50; line += 1) console.log("line", line); process.exit(1)`, () =>
        failedTimes(1),
      ),
    ];
    const [failure] = (await run(steps)).failures;
    expect(failure?.says.split(/\s*\n\s*/).filter(Boolean)).toEqual(
      Array.from({ length: 40 }, (_, at) => `line ${at + 10}`),
    );
    const failures = [{ what: 'a pod wakes', says: '' }];
    const naming = script('console.log("line")', () => ({ ...failedTimes(1), failures }));
    expect((await run([naming])).failures).toEqual(failures);
  });

  it('and keeps the failures that a tool counted itself', async () => {
    expect((await run([script('process.exit(1)', () => failedTimes(7))])).failed).toBe(7);
  });
});

describe('The end of the output', () => {
  const outcome = (tally: Tally) => ({ suite: { name: 'unit', says: '', steps: [] }, tally, seconds: 1 });

  it('is one plain line', () => {
    expect(summarize([outcome(passedOnce), outcome(failedTimes(2))]).at(-1)).toBe('1 passed, 2 failed');
  });

  it('counts what was skipped, and says above why', () => {
    const lines = summarize([
      outcome({ ...passedOnce, skipped: [{ what: 'phpunit', reason: 'no Composer' }] }),
    ]);
    expect(lines).toContain('  phpunit: no Composer');
    expect(lines.at(-1)).toBe('1 passed, 0 failed, 1 skipped');
  });

  it('names what failed, and what its error says first, after everything else was shown', () => {
    const lines = summarize([
      outcome({
        ...failedTimes(2),
        failures: [
          { what: 'a pod wakes', says: 'expected 2 to be 3' },
          { what: 'a journal tears', says: '' },
        ],
      }),
    ]);
    const at = lines.indexOf('Failed:');
    expect(lines.slice(at + 1, at + 3)).toEqual([
      '  unit: a pod wakes: expected 2 to be 3',
      '  unit: a journal tears',
    ]);
  });

  it('A21 counts and names what passed at a second try only, and ends as ever', () => {
    const lines = summarize([
      outcome({
        ...passedOnce,
        retried: [{ what: 'a pod wakes', says: 'expected 2 to be 3 (pods.test.ts:7)' }],
      }),
      outcome({
        ...passedOnce,
        retried: [
          { what: 'a journal tears', says: '' },
          { what: 'a bridge ends', says: '' },
        ],
      }),
    ]);
    const at = lines.indexOf('3 passed at a second try only:');
    expect(lines.slice(at + 1, at + 4)).toEqual([
      '  unit: a pod wakes: expected 2 to be 3 (pods.test.ts:7)',
      '  unit: a journal tears',
      '  unit: a bridge ends',
    ]);
    expect(lines.at(-1)).toBe('2 passed, 0 failed');
  });
});
