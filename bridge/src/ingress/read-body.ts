import type { IncomingMessage } from 'node:http';

/** What a sender's body came to. */
export type ReadBody =
  | { kind: 'whole'; bytes: Buffer }
  | { kind: 'too large' }
  /** The connection ended first. */
  | { kind: 'broken off' };

/** Reads a body of at most so many bytes. What is left of a longer one is not read. */
export async function readBody(incoming: IncomingMessage, mostBytes: number): Promise<ReadBody> {
  if (Number(incoming.headers['content-length']) > mostBytes) return { kind: 'too large' };
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Not destroyed on return, or the connection would be gone before the answer.
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > mostBytes) return { kind: 'too large' };
      chunks.push(chunk);
    }
  } catch {
    return { kind: 'broken off' };
  }
  return { kind: 'whole', bytes: Buffer.concat(chunks) };
}
