import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** Addresses at which connections are taken and never answered, until they are closed. */
export async function openHanging(ips: readonly string[], port: number): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>();
  const servers = ips.map(() =>
    createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }),
  );
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all(servers.map(closed));
  };
  try {
    await Promise.all(servers.map((server, index) => once(server.listen(port, ips[index]), 'listening')));
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}

const closed = (server: Server) => new Promise<void>((resolve) => void server.close(() => resolve()));
