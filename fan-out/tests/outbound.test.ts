import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { call } from '../src/outbound.ts';
import { freePort } from './free-port.ts';

const cleanUps: Array<() => unknown> = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

const outbound = (port: number) => ({
  protocol: 'https:' as const,
  connectTo: '127.0.0.1',
  port,
  host: 'cms.example.com',
  serverName: 'cms.example.com',
  method: 'GET' as const,
  path: '/',
  headers: {},
  deadlineMs: 3_000,
  answerBytes: 1_000,
});

it('a certificate that nobody vouches for is not accepted, though it has the right name', async ({
  skip,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'everypod-certificate-'));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const make = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const about = ['-days', '1', '-subj', '/CN=cms.example.com', '-keyout', key, '-out', cert];
  try {
    execFileSync('openssl', [...make, ...about, '-addext', 'subjectAltName=DNS:cms.example.com'], {
      stdio: 'pipe',
    });
  } catch {
    skip('a certificate takes openssl');
  }
  let requests = 0;
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
    requests += 1;
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  cleanUps.push(() => server.close());
  const outcome = await call(outbound((server.address() as AddressInfo).port));
  expect(outcome).toEqual({ kind: 'not-connected', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(requests).toBe(0);
});

it('a refused connection is an outcome, not an exception', async () => {
  expect(await call(outbound(await freePort()))).toEqual({ kind: 'not-connected', code: 'ECONNREFUSED' });
});
