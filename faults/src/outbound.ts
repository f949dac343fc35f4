import { request } from 'node:http';
import { connect } from 'node:net';
import { limits } from './limits.ts';

export type Call = {
  /** http only: everything here is on loopback. */
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  deadlineMs: number;
  /** A longer answer is none. */
  answerBytes?: number;
};

/** `status` 0: no answer was had, and `reason` says why. */
export type Answered = {
  status: number;
  text: string;
  reason: string;
};

/** Makes one call on a connection of its own. Never throws. This file is the only one of the suite that makes any. */
export function call({
  url,
  method = 'GET',
  headers = {},
  body,
  deadlineMs,
  answerBytes = limits.answerBytes,
}: Call): Promise<Answered> {
  const { promise, resolve } = Promise.withResolvers<Answered>();
  const outgoing = request(url, {
    agent: false,
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
  });
  const deadline = setTimeout(() => end(0, '', 'deadline'), deadlineMs);

  function end(status: number, text: string, reason = '') {
    clearTimeout(deadline);
    outgoing.destroy();
    resolve({ status, text, reason });
  }

  outgoing.on('error', (error: NodeJS.ErrnoException) => end(0, '', error.code ?? error.message));
  outgoing.on('response', (answer) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > answerBytes) end(0, '', 'answer too large');
      else chunks.push(chunk);
    });
    answer.on('error', () => end(0, '', 'answer cut off'));
    answer.on('end', () => end(answer.statusCode ?? 0, Buffer.concat(chunks).toString('utf8')));
  });
  outgoing.end(body);
  return promise;
}

export type Pipelined = {
  ip: string;
  port: number;
  /** As it goes over the wire: requests behind each other, or half of one. */
  text: string;
  /** Hangs up at once, without waiting for an answer. */
  hangUp?: boolean;
  deadlineMs: number;
};

/** Sends it all on one connection, and answers with what came back until the other side hung up. Never throws. */
export function pipeline({ ip, port, text, hangUp = false, deadlineMs }: Pipelined): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  const socket = connect({ host: ip, port });
  const deadline = setTimeout(() => socket.destroy(), deadlineMs);
  socket.on('connect', () => socket.write(text, () => hangUp && socket.destroy()));
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A reset is an answer too.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearTimeout(deadline);
    resolve(Buffer.concat(chunks).toString('latin1'));
  });
  return promise;
}
