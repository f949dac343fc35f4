/**
 * Runs the PHP tests: in Playground's PHP by default, so that Node is enough, or with `--native` in this machine's
 * PHP under PHPUnit. `--php=8.1` chooses Playground's version, `--core=beta` the older WordPress, `--only=TEXT` tests,
 * `--part` those that may come out otherwise in another PHP than the one that has run them all. `--mariadb` runs them
 * natively on a MariaDB of their own, in place of SQLite.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { unpackCore, unpackSqlite } from '../../../demo/src/wordpress/core.ts';
import { startMariaDb } from '../../../demo/src/wordpress/mariadb.ts';

const plugin = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const root = resolve(plugin, '..');
const state = join(root, '.everypod');

const { values: options } = parseArgs({
  options: {
    native: { type: 'boolean', default: false },
    php: { type: 'string', default: '8.3' },
    core: { type: 'string', default: 'nightly' },
    only: { type: 'string', default: '' },
    part: { type: 'boolean', default: false },
    mariadb: { type: 'boolean', default: false },
  },
});

/** WordPress is called some ten thousand times by one process. Where PHP comes without its compiler, these say nothing. */
const compiledOnce = ['enable_cli=1', 'jit=tracing', 'jit_buffer_size=128M'].flatMap((setting) => [
  '-d',
  `opcache.${setting}`,
]);

const core = await unpackCore({ version: options.core, into: join(state, 'wordpress-core', options.core) });
const sqlite = await unpackSqlite({ into: join(state, 'sqlite') });

process.exitCode = options.mariadb
  ? await runOnMariaDb()
  : options.native
    ? await runNative()
    : await runInPlayground();

async function runOnMariaDb() {
  const folder = await mkdtemp(join(tmpdir(), 'everypod-mariadb-'));
  const server = await startMariaDb(folder, 'tests', ['--innodb-flush-log-at-trx-commit=0']);
  try {
    return await runNative({ EVERYPOD_TESTS_DATABASE: server.host });
  } finally {
    await server.stop();
  }
}

function runNative(settings = {}) {
  const phpunit = join(plugin, 'vendor/bin/phpunit');
  if (!existsSync(phpunit)) {
    console.error(
      'There is no vendor/bin/phpunit. Run `composer install` in wp-plugin, or the tests without --native.',
    );
    return 2;
  }
  const filter = options.only === '' ? [] : ['--filter', options.only];
  return run(
    'php',
    [...compiledOnce, phpunit, '--configuration', join(plugin, 'phpunit.xml.dist'), ...filter],
    {
      EVERYPOD_TESTS_CORE: core,
      EVERYPOD_TESTS_SQLITE: sqlite,
      ...settings,
    },
  );
}

function runInPlayground() {
  const mounts = [
    [core, '/everypod/core'],
    [sqlite, '/everypod/sqlite'],
    [plugin, '/everypod/wp-plugin'],
    [join(root, 'contract/fixtures'), '/everypod/contract/fixtures'],
  ];
  return run('wp-playground-cli', [
    'php',
    `--php=${options.php}`,
    '--wordpress-install-mode=do-not-attempt-installing',
    '--skip-sqlite-setup',
    '--verbosity=quiet',
    ...define('EVERYPOD_TESTS_CORE', '/everypod/core'),
    ...define('EVERYPOD_TESTS_SQLITE', '/everypod/sqlite'),
    ...define('EVERYPOD_TESTS_ONLY', options.only),
    ...define('EVERYPOD_TESTS_IN_PART', options.part ? 'yes' : ''),
    ...mounts.map(([from, to]) => `--mount-before-install=${from}:${to}`),
    '--',
    '/everypod/wp-plugin/tests/php/run-without-phpunit.php',
  ]);
}

function define(name, value) {
  return value === '' ? [] : ['--define', name, value];
}

function run(command, args, env = {}) {
  const bin = join(root, 'node_modules/.bin');
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env, PATH: `${bin}:${process.env.PATH}` },
  });
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('exit', (code) => done(code ?? 1));
  });
}
