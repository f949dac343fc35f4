import { runCommand } from '../command.ts';
import { judge } from '../run-suite.ts';
import type { Suite } from '../suite.ts';
import { countExit, countExitWith, countFaults } from '../tallies/by-exit-code.ts';
import { countPhpunit } from '../tallies/phpunit.ts';
import { file, program } from './needs.ts';

const folder = 'wp-plugin';
const composer = program(
  'composer',
  ['--version'],
  'Composer is not installed; Playground’s PHP has run the tests (suite php)',
);
const nativePhp = program('php', ['--version'], 'PHP is not installed');
const noMariaDb = 'so the plugin was tried on SQLite alone';
const mariaDb = program('mariadbd', ['--version'], `MariaDB is not installed, ${noMariaDb}`);
const mysqli = program(
  'php',
  ['-r', 'exit(extension_loaded("mysqli") ? 0 : 1);'],
  `PHP’s extension for MySQL is not installed, ${noMariaDb}`,
);
const fetched = (tool: string) =>
  file(`${folder}/vendor/bin/${tool}`, `Composer is not installed, and ${tool} comes from it`);

export const screens: Suite = {
  name: 'screens',
  says: 'WordPress’ own rules for translation and accessibility hold in the plugin’s screens',
  steps: [
    {
      command: { program: 'npm', args: ['run', '--silent', 'lint', '--workspace', '@everypod/wp-plugin'] },
      count: countExit,
    },
  ],
  fix: [{ program: 'npm', args: ['run', '--silent', 'fix', '--workspace', '@everypod/wp-plugin'] }],
};

export const php: Suite = {
  name: 'php',
  says: 'The plugin does what its tests say, in Playground’s PHP; a part of them, where this machine’s PHP runs them all',
  slow: true,
  meanwhile: true,
  steps: [
    {
      async check(show) {
        const inPart = (await fetched('phpunit')()) === undefined && (await nativePhp()) === undefined;
        const args = ['tests/php/run.mjs', ...(inPart ? ['--part'] : [])];
        const finished = await runCommand({ program: 'node', args, folder, yields: 'wholly' }, show);
        return judge(finished, countPhpunit(finished), show);
      },
    },
  ],
};

export const composerPackages: Suite = {
  name: 'composer',
  says: 'PHPUnit, PHPStan and the WordPress Coding Standards are installed',
  needs: [composer],
  steps: [
    {
      command: {
        program: 'composer',
        args: ['install', '--no-interaction', '--no-progress', '--quiet'],
        folder,
      },
      count: countExit,
    },
  ],
};

export const phpunit: Suite = {
  name: 'phpunit',
  says: 'The same tests pass in this machine’s PHP, on MariaDB where that is installed',
  beside: 'types',
  needs: [fetched('phpunit')],
  steps: [
    {
      async check(show) {
        const lacking = (await mariaDb()) ?? (await mysqli());
        const args = ['tests/php/run.mjs', lacking === undefined ? '--mariadb' : '--native'];
        // The runner unpacks WordPress first, where no other suite has done so yet.
        const finished = await runCommand({ program: 'node', args, folder }, show);
        const tally = judge(finished, countPhpunit(finished), show);
        if (lacking === undefined) return tally;
        return { ...tally, skipped: [...tally.skipped, { what: 'phpunit on MariaDB', reason: lacking }] };
      },
    },
  ],
};

export const phpstan: Suite = {
  name: 'phpstan',
  says: 'PHPStan finds no fault in the plugin',
  meanwhile: true,
  after: 'valkey',
  needs: [fetched('phpstan')],
  steps: [
    {
      command: {
        program: 'vendor/bin/phpstan',
        args: ['analyse', '--no-progress', '--no-ansi', '--memory-limit=1G'],
        folder,
        yields: 'wholly',
      },
      count: countExitWith(/\[OK\]/),
    },
  ],
};

export const codingStandards: Suite = {
  name: 'phpcs',
  says: 'The plugin keeps the WordPress Coding Standards',
  meanwhile: true,
  after: 'phpstan',
  needs: [fetched('phpcs')],
  steps: [
    {
      command: { program: 'vendor/bin/phpcs', args: ['--no-colors', '-q'], folder, yields: 'wholly' },
      count: countFaults(/\| (?:ERROR|WARNING) +\|/),
    },
  ],
  fix: [{ program: 'vendor/bin/phpcbf', args: ['-q'], folder }],
};
