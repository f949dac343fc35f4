#!/usr/bin/env node
// Plain JavaScript that old versions of Node parse, so that they can say which one is needed.
import { existsSync } from 'node:fs';

const needed = 20;
const running = Number(process.versions.node.split('.')[0]);

if (running < needed) {
  process.stderr.write(`everypod needs Node.js ${needed} or newer; this is ${process.version}.\n`);
  process.exit(2);
}

// A checkout runs its sources where this Node can; what is installed carries the bundle only.
const sources = new URL('../src/commands.ts', import.meta.url);
const fromSources = Boolean(process.features.typescript) && existsSync(sources);
const { run } = await import(
  fromSources ? sources.href : new URL('../dist/commands.js', import.meta.url).href
);

// No exit: what was written is on its way, and a pipe takes its time.
process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  say: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
});
