// Preloaded by --import: this process's clock is off by what a file says, and may jump while it runs.
import { readFileSync } from 'node:fs';

const file = process.env.EVERYPOD_FAULTS_CLOCK_FILE;
const readEveryMs = 100;
const trueNow = Date.now;
let shiftMs = 0;

function read() {
  try {
    shiftMs = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    shiftMs = 0;
  }
}

if (file) {
  read();
  setInterval(read, readEveryMs).unref();
  const TrueDate = Date;
  globalThis.Date = class extends TrueDate {
    constructor(...given) {
      super(...(given.length === 0 ? [trueNow() + shiftMs] : given));
    }
    static now() {
      return trueNow() + shiftMs;
    }
  };
}
