import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { newMessageId, parseSecrets, sign } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { afterThisTest, podSecret } from '../../../bridge/tests/harness.ts';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { toNodeHandlers } from '../../src/index.ts';
import { startPod } from '../surroundings/pod.ts';

/** A server that does nothing but hand everything to the pod. */
async function serve() {
  const handlers = toNodeHandlers(startPod({ EVERYPOD_POD_SECRET: podSecret }));
  const server = createServer(handlers.revalidate);
  const port = await freePort();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  afterThisTest(() => {
    server.closeAllConnections();
    server.close();
  });
  /** Sends bytes as they are, and gives back all that comes until the connection is over. */
  const raw = (text: string, { cutOff = false } = {}) =>
    new Promise<string>((resolve) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(text, () => cutOff && socket.destroy());
      });
      socket.on('data', (chunk) => (answer += chunk));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(answer));
    });
  return { raw };
}

const body = JSON.stringify({ epoch: 'epoch-one', after: 0, upTo: 1, targets: [] });

function signedHead(more: readonly string[] = []): string {
  const signed = sign(parseSecrets(podSecret), newMessageId('push'), Date.now(), body);
  const headers = Object.entries(signed).map(([name, value]) => `${name}: ${value}`);
  return [
    ...headers,
    `content-length: ${body.length}`,
    'host: pod',
    'connection: close',
    ...more,
    '',
    '',
  ].join('\r\n');
}

describe('toNodeHandlers', () => {
  it.each([
    { what: 'as a bridge sends it', line: 'POST /siteapi/revalidate HTTP/1.1', more: [], status: 200 },
    { what: 'with two slashes', line: 'POST //pod/siteapi/revalidate HTTP/1.1', more: [], status: 200 },
    { what: 'with a whole address', line: 'POST http://elsewhere/ HTTP/1.1', more: [], status: 400 },
    { what: 'with a method that no Request takes', line: 'TRACE / HTTP/1.1', more: [], status: 400 },
    { what: 'with an id twice', line: 'POST / HTTP/1.1', more: ['webhook-id: another'], status: 401 },
    {
      what: 'with a header of other bytes',
      line: 'POST / HTTP/1.1',
      more: ['x-a: \u00ff\u0080'],
      status: 200,
    },
    {
      what: 'with a host that is none',
      line: 'POST / HTTP/1.1',
      more: ['x-forwarded-host: a b'],
      status: 200,
    },
  ])('B9 answers a push $what with $status', async ({ line, more, status }) => {
    const { raw } = await serve();
    expect(await raw(`${line}\r\n${signedHead(more)}${body}`)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it('B9 lives on where a body breaks off', async () => {
    const { raw } = await serve();
    expect(await raw(`POST / HTTP/1.1\r\n${signedHead()}${body.slice(0, 9)}`, { cutOff: true })).toBe('');
    expect(await raw(`POST / HTTP/1.1\r\n${signedHead()}${body}`)).toMatch(/^HTTP\/1\.1 200 /);
  });
});
