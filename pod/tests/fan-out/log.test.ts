import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** What a process that logs such lines writes. */
function written(environment: Record<string, string>): string[] {
  const log = join(import.meta.dirname, '../../src/log.ts');
  const program = `
    import { consoleLog } from ${JSON.stringify(log)};
    consoleLog('info', 'Settled.');
    const fields = { pod: '10.244.1.5', to: '10.244.2.8', status: 200, ms: 3 };
    consoleLog('info', '[revalidate] fan-out to 10.244.2.8 → 200', fields);`;
  const options = { encoding: 'utf8', env: { ...process.env, EVERYPOD_LOG: '', ...environment } } as const;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], options);
  return stdout.trim().split('\n');
}

it('B9 a line of a fan-out stands in the log as people look for it', () => {
  expect(written({})).toEqual(['[everypod] Settled.', '[revalidate] fan-out to 10.244.2.8 → 200']);
});

it('B9 with EVERYPOD_LOG=json each line is one object with the same words and the fields beside them', () => {
  expect(written({ EVERYPOD_LOG: 'json' }).map((line) => JSON.parse(line))).toEqual([
    { level: 'info', msg: 'Settled.' },
    {
      level: 'info',
      msg: '[revalidate] fan-out to 10.244.2.8 → 200',
      pod: '10.244.1.5',
      to: '10.244.2.8',
      status: 200,
      ms: 3,
    },
  ]);
});
