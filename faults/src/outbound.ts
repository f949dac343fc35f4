import { request } from 'node:http';
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
