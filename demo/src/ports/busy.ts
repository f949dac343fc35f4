import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

export type Protocol = 'tcp' | 'udp';

/** `busy`: another program listens there. `no address`: this machine does not have that IP. */
export type Availability = 'free' | 'busy' | 'no address' | 'forbidden';

/** Finds out by listening there for a moment. */
export async function availability(
  ip: string,
  port: number,
  protocol: Protocol = 'tcp',
): Promise<Availability> {
  try {
    await (protocol === 'tcp' ? listenTcp(ip, port) : listenUdp(ip, port));
    return 'free';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRNOTAVAIL') return 'no address';
    if (code === 'EACCES' || code === 'EPERM') return 'forbidden';
    if (code === 'EADDRINUSE') return 'busy';
    throw error;
  }
}

function listenTcp(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}

function listenUdp(address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ address, port, exclusive: true }, () => socket.close(() => resolve()));
  });
}
