import { limits } from '../limits.ts';
import { type Connection, connect, type Prepared, prepareRequest } from './connection.ts';
import type { createEvents } from './events.ts';

export type Slice = { url: string; requests: Prepared[] };

/** Sends events over many connections, each with one on its way. Signing is done before the clock runs. */
export function createLoad(events: ReturnType<typeof createEvents>) {
  return {
    prepare(url: string, count: number): Slice {
      const requests = Array.from({ length: count }, () => {
        const { headers, body } = events.next();
        return prepareRequest(new URL('/v1/events', url), headers, body);
      });
      return { url, requests };
    },
    /** @returns milliseconds from the first request to the last answer */
    async send({ url, requests }: Slice): Promise<number> {
      const count = Math.min(limits.ingestConnections, requests.length);
      const connections = await Promise.all(Array.from({ length: count }, () => connect(new URL(url))));
      const left = requests.values();
      const startedAt = performance.now();
      await Promise.all(connections.map((connection) => sendEach(left, connection)));
      const ms = performance.now() - startedAt;
      for (const connection of connections) connection.close();
      return ms;
    },
  };
}

async function sendEach(left: Iterable<Prepared>, connection: Connection) {
  for (const request of left) {
    const status = await connection.exchange(request);
    if (status < 200 || status > 299) throw new Error(`An event was answered ${status}.`);
  }
}
