import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startWorld } from '../harness.ts';
import { program } from './run-bridge.ts';

/** Runs the bridge, and prints which addresses of this machine answer once it says that it listens. */
const whoAnswers = `
  const { spawn } = require('node:child_process');
  const bridge = spawn(process.execPath, [process.argv[1]], { stdio: ['ignore', 'pipe', 'inherit'] });
  const answers = (host) => fetch('http://' + host + ':8080/healthz').then(({ status }) => status, () => null);
  bridge.stdout.on('data', async (lines) => {
    if (!String(lines).includes('"listening"')) return;
    console.log(JSON.stringify([await answers('127.0.0.1'), await answers('[::1]')]));
    bridge.kill('SIGKILL');
  });`;

/** A network of the test's own, in which listening everywhere is listening on loopback. */
const ownNetwork = (further: string) => ['-rn', 'sh', '-c', `ip link set lo up && ${further}exec "$@"`, 'sh'];

describe.skipIf(!hasOwnNetworks())('the bridge listens', () => {
  it.each([
    ['on IPv4 and IPv6 alike', '', [200, 200]],
    ['where there is no IPv6 address', 'echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6 && ', [200, null]],
  ])('A21 %s, unless it is told otherwise', async (_, further, expected) => {
    const { EVERYPOD_LISTEN: _listen, ...environment } = (await startWorld({ EVERYPOD_LOG_LEVEL: 'info' }))
      .environment;
    const { stdout } = await promisify(execFile)(
      'unshare',
      [...ownNetwork(further), process.execPath, '-e', whoAnswers, program],
      { env: { ...process.env, ...environment } },
    );
    expect(JSON.parse(stdout)).toEqual(expected);
  });
});

function hasOwnNetworks(): boolean {
  try {
    execFileSync('unshare', [...ownNetwork(''), 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
