import { join } from 'node:path';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { createPrograms } from '../../../faults/src/processes/programs.ts';
import { createValkey, findValkey } from '../../../faults/src/valkey/valkey.ts';
import type { Bench } from '../measurement.ts';

/** The fault suite's server, which keeps what it confirms, as a bridge demands. Null where none is installed. */
export async function startValkey({ folder }: Bench): Promise<{ url: string; stop(): Promise<void> } | null> {
  const program = findValkey();
  if (program === null) return null;
  const programs = createPrograms(join(folder, 'valkey-logs'));
  const valkey = createValkey({
    program,
    ip: '127.0.0.1',
    port: await freePort(),
    folder: join(folder, 'valkey'),
    programs,
  });
  await valkey.start();
  return {
    url: valkey.url,
    async stop() {
      await valkey.kill();
      programs.close();
    },
  };
}
