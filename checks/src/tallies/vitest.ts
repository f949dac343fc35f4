import { z } from 'zod';
import { type Failure, firstLineAndPlaceOf, firstLineOf, type Tally } from '../tally.ts';
import { parseJson } from './report-file.ts';

const resultSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

/**
 * Reads Vitest's JSON report. A file that could not be loaded has no tests, and counts as one failure.
 *
 * @param output what it printed: an error that nobody caught ends a run badly, and stands there alone
 */
export function countVitest(report: string, output = ''): Tally | undefined {
  const parsed = resultSchema.safeParse(parseJson(report));
  if (!parsed.success) return undefined;
  const tests = parsed.data.testResults.flatMap(({ assertionResults }) => assertionResults);
  const unloaded = parsed.data.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const uncaught = uncaughtIn(output);
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + unloaded.length + uncaught.length,
    failures: [
      ...tests
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => ({
          what: fullName,
          says: firstLineAndPlaceOf(failureMessages.at(-1)),
        })),
      ...unloaded.map(({ name, message }) => ({ what: name, says: firstLineOf(message) })),
      ...uncaught,
    ],
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName, status }) => ({ what: fullName, reason: `marked ${status} in the test` })),
    // Vitest keeps what went wrong at the first try, and says nothing else about it.
    retried: tests
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
      .map(({ fullName, failureMessages }) => ({
        what: fullName,
        says: firstLineAndPlaceOf(failureMessages[0]),
      })),
  };
}

/** Under a heading of its own each, and followed by the file that ran meanwhile. */
function uncaughtIn(output: string): Failure[] {
  const blocks = output.split(/^⎯+ (?:Uncaught Exception|Unhandled (?:Rejection|Error)) ⎯+$/m).slice(1);
  return blocks.map((block) => ({
    what: `what nobody caught in ${/^This error originated in "(.+)" test file/m.exec(block)?.[1] ?? 'the run'}`,
    says: firstLineOf(block),
  }));
}
