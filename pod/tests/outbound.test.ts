import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { callOut } from '../src/outbound.ts';

const cleanUps: Array<() => unknown> = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

describe('A13 a bridge that is called over TLS', () => {
  const hosts = [
    ['by its IPv4 address', '127.0.0.1', '127.0.0.1', false],
    ['by its IPv6 address', '[::1]', '::1', false],
    ['by its name', 'localhost', '127.0.0.1', 'localhost'],
  ] as const;

  it.each(hosts)('%s is told a name only where it has one', async (_, host, listenOn, told) => {
    const { key, cert } = makeCertificate();
    const names: (string | false | undefined)[] = [];
    const server = createServer({ key, cert }, (request, response) => {
      names.push('servername' in request.socket ? (request.socket.servername as string | false) : undefined);
      response.end('hello');
    });
    await once(server.listen(0, listenOn), 'listening');
    cleanUps.push(() => server.close());
    const warnings: Error[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    process.on('warning', warn);
    cleanUps.push(() => process.off('warning', warn));

    const { port } = server.address() as AddressInfo;
    const url = new URL(`https://${host}:${port}/v1/catch-up`);
    const outcome = await callOut({ url, method: 'HEAD', deadlineMs: 5_000, answerBytes: 1_000 });
    // Warnings are emitted in a tick of their own.
    await new Promise((resolve) => setImmediate(resolve));
    expect(outcome).toMatchObject({ kind: 'answered', status: 200 });
    expect(names).toEqual([told]);
    expect(warnings.map(({ message }) => message)).toEqual([]);
  });
});

/** For each way in which a test calls, and trusted in this process until the test is over. */
function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'everypod-certificate-'));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const make = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const about = ['-days', '1', '-subj', '/CN=bridge', '-keyout', keyFile, '-out', certFile];
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1,IP:::1,DNS:localhost'];
  execFileSync('openssl', [...make, ...about, ...names], { stdio: 'pipe' });
  const [key, cert] = [readFileSync(keyFile, 'utf8'), readFileSync(certFile, 'utf8')];
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, cert]);
  cleanUps.push(() => setDefaultCACertificates(trusted));
  return { key, cert };
}
