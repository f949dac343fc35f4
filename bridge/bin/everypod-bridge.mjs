#!/usr/bin/env node
// Plain JavaScript that old versions of Node parse, so that they can say which one is needed.
import { existsSync } from 'node:fs';

const needed = 24;
const running = Number(process.versions.node.split('.')[0]);

if (running < needed) {
  process.stderr.write(
    `The Everypod bridge needs Node.js ${needed} or newer; this is ${process.version}. ` +
      'Install it from https://nodejs.org, or run the bridge from its container image.\n',
  );
  process.exit(1);
}

// A checkout runs its sources; what is installed carries the bundle only.
const sources = new URL('../src/main.ts', import.meta.url);
const program = existsSync(sources) ? sources : new URL('../dist/main.mjs', import.meta.url);
const { run, fail } = await import(program.href);
run().catch(fail);
