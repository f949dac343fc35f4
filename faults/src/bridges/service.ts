import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { limits } from '../limits.ts';
import type { Bridge } from './bridge.ts';

/** The Service before several bridges: each new connection goes to the next one that was ready when last asked. */
export async function startService(options: {
  ip: string;
  port: number;
  bridges: readonly Bridge[];
}): Promise<{ url: string; stop(): Promise<void> }> {
  const { ip, port, bridges } = options;
  const ready = new Set(bridges);
  const sockets = new Set<Socket>();
  let turn = 0;

  const watch = setInterval(() => {
    for (const bridge of bridges) {
      void bridge.ready().then((isReady) => (isReady ? ready.add(bridge) : ready.delete(bridge)));
    }
  }, limits.servicePeriodMs);

  const server = createServer((socket) => {
    const [...candidates] = ready;
    turn += 1;
    const chosen = candidates[turn % Math.max(1, candidates.length)];
    if (!chosen) return void socket.resetAndDestroy();
    const { ip: host, port: at } = chosen.settings;
    const onward = connect({ host, port: at });
    for (const end of [socket, onward]) {
      sockets.add(end);
      end.on('close', () => sockets.delete(end));
    }
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
  server.listen(port, ip);
  await once(server, 'listening');
  return {
    url: `http://${ip}:${port}`,
    async stop() {
      clearInterval(watch);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
