import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';

/** A request as it goes on the wire. */
export type Prepared = { head: string; body: Buffer };

/** A kept connection that costs the load as little as can be, so that the server is what is measured. */
export type Connection = {
  /** Resolves with the answer's status once it was read to its end. */
  exchange(request: Prepared): Promise<number>;
  close(): void;
};

export function prepareRequest(
  { pathname, host }: URL,
  headers: Record<string, string>,
  text: string,
): Prepared {
  const body = Buffer.from(text);
  const lines = Object.entries({ host, ...headers, 'content-length': body.length });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return { head: `POST ${pathname} HTTP/1.1\r\n${head}\r\n`, body };
}

export async function connect({ hostname, port }: URL): Promise<Connection> {
  const socket = connectSocket({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  let received = '';
  let waiting: PromiseWithResolvers<number> | null = null;
  const broken = (error: Error) => waiting?.reject(error);
  socket.on('error', broken);
  socket.on('close', () => broken(new Error('The server closed a connection without an answer.')));
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    if (!isWhole(received)) return;
    const status = Number(received.slice(9, 12));
    received = '';
    waiting?.resolve(status);
  });
  return {
    exchange(request) {
      waiting = Promise.withResolvers<number>();
      write(socket, request);
      return waiting.promise;
    },
    close: () => void socket.destroy(),
  };
}

function write(socket: Socket, { head, body }: Prepared) {
  socket.cork();
  socket.write(head, 'latin1');
  socket.write(body);
  socket.uncork();
}

/** One answer is under way at a time, so it is whole when its length, or its last chunk, is there. */
function isWhole(text: string): boolean {
  const headEnds = text.indexOf('\r\n\r\n');
  if (headEnds < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, headEnds + 2))?.[1];
  return length === undefined ? text.endsWith('\r\n0\r\n\r\n') : text.length >= headEnds + 4 + Number(length);
}
