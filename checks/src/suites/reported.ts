import { type Command, runCommand } from '../command.ts';
import { judge } from '../run-suite.ts';
import type { Step } from '../suite.ts';
import { countPlaywright } from '../tallies/playwright.ts';
import { createReportFile } from '../tallies/report-file.ts';
import { countVitest } from '../tallies/vitest.ts';
import type { Tally } from '../tally.ts';
import type { Yielding } from '../yielding.ts';

/** Steps of tools that write their outcome as JSON into a file of our choosing. */
export function vitest(project: string, yields?: Yielding): Step {
  return reported(
    (report) => ({
      program: process.execPath,
      args: [
        'node_modules/vitest/vitest.mjs',
        'run',
        ...['--project', project],
        ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ],
      ...(yields !== undefined && { yields }),
    }),
    countVitest,
  );
}

/** @param config the file of another one than the scenarios' */
export function playwright(config?: string): Step {
  return reported(
    (report) => ({
      program: process.execPath,
      args: [
        ...['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
        ...(config === undefined ? [] : ['--config', config]),
      ],
      environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    }),
    countPlaywright,
  );
}

function reported(
  command: (report: string) => Command,
  count: (report: string, output: string) => Tally | undefined,
): Step {
  return {
    async check(show) {
      const report = createReportFile();
      const finished = await runCommand(command(report.path), show);
      return judge(finished, count(report.read(), finished.output), show);
    },
  };
}
