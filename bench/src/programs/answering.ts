// Loaded into every program before its own code: says what processor time it used, and ends it with the bench.
import type { Told } from './told.ts';

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicros: user + system } satisfies Told);
});
process.on('disconnect', () => process.exit(0));
