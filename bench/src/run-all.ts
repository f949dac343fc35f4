import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from './limits.ts';
import type { Measurement, Table } from './measurement.ts';
import { createPrograms } from './programs/programs.ts';

export type Measured = { name: string; says: string; tables: Table[]; failure: string | null };
export type BenchReport = { startedAt: string; quick: boolean; seconds: number; measured: Measured[] };

type Options = {
  quick: boolean;
  starting: (measurement: Measurement) => void;
  found: (tables: Table[]) => void;
  failed: (reason: string) => void;
};

/** Runs one measurement after the other, each with programs and a folder of its own. One that fails stops no other. */
export async function runAll(
  chosen: readonly Measurement[],
  { quick, starting, found, failed }: Options,
): Promise<BenchReport> {
  const begun = performance.now();
  const report: BenchReport = { startedAt: new Date().toISOString(), quick, seconds: 0, measured: [] };
  const size = (full: number) => (quick ? Math.ceil(full / limits.quickDivisor) : full);
  for (const measurement of chosen) {
    starting(measurement);
    const { name, says } = measurement;
    if (performance.now() - begun > limits.beginWithinMs) {
      const failure = `The time for all was over. Measure it alone: --only ${name}.`;
      failed(failure);
      report.measured.push({ name, says, tables: [], failure });
      continue;
    }
    const programs = createPrograms();
    const folder = mkdtempSync(join(tmpdir(), 'everypod-bench-'));
    try {
      const tables = await measurement.measure({ programs, folder, size });
      found(tables);
      report.measured.push({ name, says, tables, failure: null });
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      failed(failure);
      report.measured.push({ name, says, tables: [], failure });
    } finally {
      await programs.stopAll();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { ...report, seconds: (performance.now() - begun) / 1_000 };
}
