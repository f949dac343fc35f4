import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer, type Socket } from 'node:net';
import type { WireFault } from './fault.ts';
import { misbehave, type Signer } from './misbehave.ts';

/** The socket that a pod is reached at. It passes connections to the pod's server, or does what a fault says. */
export type Front = {
  set(fault: WireFault | null): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  ip: string;
  port: number;
  server: Server;
  /** Signs as the pod would, for answers that are wrong in spite of their signature. */
  signer: Signer;
  /** Told of each push's raw bytes as it comes in, whole or in part. */
  overheard?: (push: Buffer) => void;
};

const push = /^POST \/siteapi\/revalidate[ ?]/;

export async function openFront({ ip, port, server, signer, overheard }: Options): Promise<Front> {
  const sockets = new Set<Socket>();
  let fault: WireFault | null = null;
  let failuresLeft = 0;
  let met = 0;
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', (start) => {
      socket.pause();
      receive(socket, start);
    });
  });

  function receive(socket: Socket, start: Buffer) {
    const isPush = push.test(start.toString('latin1', 0, 64));
    if (isPush) overheard?.(start);
    if (fault === null || (fault.scope === 'pushes' && !isPush) || isSpent()) return pass(socket, start);
    misbehave(fault, { socket, start, signer, met, pass: () => pass(socket, start) });
    met += 1;
  }

  function isSpent(): boolean {
    if (fault?.kind !== '500 then 200') return false;
    failuresLeft -= 1;
    return failuresLeft < 0;
  }

  function pass(socket: Socket, start: Buffer) {
    server.emit('connection', socket);
    socket.unshift(start);
    socket.resume();
  }

  async function listen() {
    if (listener.listening) return;
    listener.listen(port, ip);
    await once(listener, 'listening');
  }

  async function stopListening() {
    for (const socket of sockets) socket.destroy();
    if (listener.listening) await new Promise((resolve) => listener.close(resolve));
  }

  await listen();
  return {
    async set(next) {
      const before = fault;
      fault = next;
      failuresLeft = next?.amount ?? 0;
      if (next?.kind === 'refuse') await stopListening();
      else await listen();
      // What hangs in a fault that is over would otherwise hang for ever.
      if (next === null && before !== null) for (const socket of sockets) socket.destroy();
    },
    close: stopListening,
  };
}
