import type { Step, Suite } from '../suite.ts';
import { countExitWith, countFaults } from '../tallies/by-exit-code.ts';
import { vitest } from './reported.ts';

function typesOf(folder: string): Step {
  return {
    command: {
      program: process.execPath,
      // The compiler that is a program of its own: six times as fast. Next.js wants the former one beside it.
      args: ['node_modules/typescript-7/bin/tsc', '--noEmit', '--pretty', 'false', '-p', folder],
    },
    count: countFaults(/error TS\d+/),
  };
}

const biome = { program: 'biome', args: ['check', '--error-on-warnings'] };

export const build: Suite = {
  name: 'build',
  says: 'The npm package for pods and the plugin’s zip are built',
  steps: [
    {
      command: { program: 'npm', args: ['run', '--silent', 'build', '--workspace', 'everypod'] },
      count: countFaults(/error:/i),
    },
    {
      command: { program: 'npm', args: ['run', '--silent', 'build:plugin'] },
      count: countExitWith(/everypod\.zip/),
    },
  ],
};

export const types: Suite = {
  name: 'types',
  says: 'TypeScript finds no fault, in Node’s code, the plugin’s screens and the blog',
  steps: [typesOf('.'), typesOf('wp-plugin'), typesOf('demo/blog')],
};

export const lint: Suite = {
  name: 'lint',
  says: 'Biome finds no fault, and everything is formatted',
  steps: [{ command: biome, count: countExitWith(/Checked [1-9]\d* files/) }],
  fix: [{ ...biome, args: ['check', '--write'] }],
};

export const unit: Suite = {
  name: 'unit',
  says: 'Everything in TypeScript does what its tests say, as far as they need no build, cluster or browser',
  beside: 'phpunit',
  steps: [vitest('unit')],
};

export const timed: Suite = {
  name: 'timed',
  says: 'What is said in milliseconds of pods that answer beside pods that hang holds',
  alone: true,
  steps: [vitest('timed')],
};

export const next: Suite = {
  name: 'next',
  says: 'Real Next.js 15 and 16 pods serve the new page after a push',
  slow: true,
  // Nobody clicks in it, as in the browser beside it.
  steps: [vitest('next', 'mostly')],
};
