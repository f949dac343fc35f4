// Preloaded by --import into a bridge and all that it starts: holds its check of a large journal until it is let go.
import { existsSync, writeFileSync } from 'node:fs';

const folder = process.env.EVERYPOD_TEST_HOLD;
if (folder && process.execArgv.includes('-e')) {
  writeFileSync(`${folder}/checking`, String(process.pid));
  const moment = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(`${folder}/go`)) Atomics.wait(moment, 0, 0, 10);
}
