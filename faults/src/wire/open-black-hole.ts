import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { limits } from '../limits.ts';
import type { Programs, Running } from '../processes/programs.ts';

const program = fileURLToPath(new URL('black-hole.ts', import.meta.url));

/** An address whose SYNs nobody answers. */
export type BlackHole = { close(): Promise<void> };

/**
 * Linux drops the SYNs for a listener whose queue of connections to accept is full; and one that is frozen accepts none.
 * So the connections that fill it are made here, and whoever comes after them is never answered.
 */
export async function openBlackHole(
  programs: Programs,
  { ip, port }: { ip: string; port: number },
): Promise<BlackHole> {
  const running = programs.start({
    name: 'black-hole',
    args: [program, ip, String(port)],
    channel: true,
  });
  const filling: Socket[] = [];
  const close = async () => {
    await running.kill();
    for (const socket of filling) socket.destroy();
  };
  try {
    await listening(running);
    running.signal('SIGSTOP');
    while (await connects(ip, port, filling)) {
      if (filling.length > limits.blackHoleQueue) throw new Error(`The queue at ${ip} does not fill up.`);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

async function listening(running: Running) {
  const heard = new Promise<void>((resolve) => running.onMessage(() => resolve()));
  const ended = running.ended.then(() => {
    throw new Error('The black hole ended before it listened.');
  });
  await Promise.race([heard, ended]);
}

/** False once a connection is not answered in time: the queue is full. */
async function connects(host: string, port: number, filling: Socket[]): Promise<boolean> {
  const socket = connect({ host, port });
  filling.push(socket);
  socket.on('error', () => socket.destroy());
  const timeOut = AbortSignal.timeout(limits.blackHoleSilentMs);
  try {
    await once(socket, 'connect', { signal: timeOut });
    return true;
  } catch {
    return false;
  }
}
