import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

export type Protocol = 'tcp' | 'udp';

/** `busy`: another program listens there. `no address`: this machine does not have that IP. */
export type Refusal = 'busy' | 'no address' | 'forbidden';

/** A port that is kept for somebody, by listening there. Letting go resolves once it is free. */
export type Hold = { letGo(): Promise<void> };

/** Finds out whether a port is free by taking it. */
export async function hold(ip: string, port: number, protocol: Protocol = 'tcp'): Promise<Hold | Refusal> {
  try {
    return await (protocol === 'tcp' ? holdTcp(ip, port) : holdUdp(ip, port));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRNOTAVAIL') return 'no address';
    if (code === 'EACCES' || code === 'EPERM') return 'forbidden';
    if (code === 'EADDRINUSE') return 'busy';
    throw error;
  }
}

function holdTcp(host: string, port: number): Promise<Hold> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () =>
      resolve({ letGo: () => new Promise((done) => server.close(() => done())) }),
    );
  });
}

function holdUdp(address: string, port: number): Promise<Hold> {
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ address, port, exclusive: true }, () =>
      resolve({ letGo: () => new Promise((done) => socket.close(done)) }),
    );
  });
}
