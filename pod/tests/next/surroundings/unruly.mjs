// Preloaded by --import: a pod whose wall clock is off by what a file says, and which may not change times of files.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const trueNow = Date.now;
const shiftFile = process.env.TEST_CLOCK_FILE;

// Read at each call, so that a test need not wait for it.
if (shiftFile) Date.now = () => trueNow() + Number(fs.readFileSync(shiftFile, 'utf8'));

if (process.env.TEST_READ_ONLY) {
  fs.utimesSync = () => {
    throw Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
  };
  syncBuiltinESMExports();
}
