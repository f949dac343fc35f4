import { z } from 'zod';
import { firstLineOf, type Tally } from '../tally.ts';
import { parseJson } from './report-file.ts';

const testSchema = z.object({
  status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
  annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
  results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })).optional(),
});
const specSchema = z.object({ title: z.string(), tests: z.array(testSchema) });
const suiteSchema = z.object({
  specs: z.array(specSchema),
  get suites() {
    return z.array(suiteSchema).optional();
  },
});
const reportSchema = z.object({
  suites: z.array(suiteSchema),
  errors: z.array(z.object({ message: z.string().optional() })),
});

/** Reads Playwright's JSON report. Errors outside of tests, as in a global setup, are failures too. */
export function countPlaywright(report: string): Tally | undefined {
  const parsed = reportSchema.safeParse(parseJson(report));
  if (!parsed.success) return undefined;
  const tests = parsed.data.suites
    .flatMap(specsOf)
    .flatMap(({ title, tests }) => tests.map((test) => ({ title, ...test })));
  return {
    passed: tests.filter(({ status }) => status === 'expected' || status === 'flaky').length,
    failed: tests.filter(({ status }) => status === 'unexpected').length + parsed.data.errors.length,
    failures: [
      ...tests
        .filter(({ status }) => status === 'unexpected')
        .map(({ title, results }) => ({
          what: title,
          says: firstLineOf(results?.findLast(({ error }) => error !== undefined)?.error?.message),
        })),
      ...parsed.data.errors.map(({ message }) => ({
        what: 'What comes before and after all scenarios',
        says: firstLineOf(message),
      })),
    ],
    skipped: tests
      .filter(({ status }) => status === 'skipped')
      .map(({ title, annotations }) => ({
        what: title,
        reason: annotations.find(({ type }) => type === 'skip')?.description ?? 'an earlier test failed',
      })),
    retried: tests
      .filter(({ status }) => status === 'flaky')
      .map(({ title, results }) => ({
        what: title,
        says: firstLineOf(results?.find(({ error }) => error !== undefined)?.error?.message),
      })),
  };
}

function specsOf(suite: z.infer<typeof suiteSchema>): z.infer<typeof specSchema>[] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}
