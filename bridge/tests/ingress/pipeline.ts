import { connect } from 'node:net';

export type Sent = { method?: string; target: string; headers?: Record<string, string>; body?: string };

/** What stands on the wire: no client changes a byte of the target. */
export function raw({ method = 'GET', target, headers = {}, body = '' }: Sent): string {
  const all = {
    host: 'bridge',
    ...(body === '' ? {} : { 'content-length': `${Buffer.byteLength(body)}` }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

export type Answered = {
  /** The answers' status, in order. */
  statuses: number[];
  text: string;
};

/** Writes all of it on one connection, without waiting for answers. Resolves once the bridge has closed it. */
export function pipeline(url: string, requests: string): Promise<Answered> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      text += chunk;
    });
    // A connection that is closed while more is written is what these tests are about.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
      resolve({ statuses, text });
    });
    socket.write(requests);
  });
}

/** One request, on a connection of its own. */
export function once(url: string, sent: Sent): Promise<Answered> {
  return pipeline(url, raw({ ...sent, headers: { ...sent.headers, connection: 'close' } }));
}
