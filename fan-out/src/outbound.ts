import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** One outbound call. This file is the only one of the program that makes any. */
export type Outbound = {
  protocol: 'http:' | 'https:';
  /** The address that was checked. It is connected to as it stands; nothing is resolved again. */
  connectTo: string;
  port: number;
  /** Host header, with the port where it is not the protocol's own. */
  host: string;
  /** Name that a certificate must be valid for; empty for the address itself. */
  serverName: string;
  method: 'GET' | 'HEAD' | 'POST';
  /** Path with query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
  /** For connecting, waiting and reading together. */
  deadlineMs: number;
  /** A longer answer is given up. */
  answerBytes: number;
  /** Calls it off. */
  signal?: AbortSignal;
};

export type AnswerHeaders = { get(name: string): string | null };

/** What became of a call. `during` says how far it had got. */
export type Outcome =
  | { kind: 'answered'; status: number; headers: AnswerHeaders; body: Buffer }
  | { kind: 'redirected'; status: number; location: string | null }
  | { kind: 'not-connected'; code: string }
  | { kind: 'timed-out'; during: During }
  | { kind: 'cut-off'; during: During; code: string }
  | { kind: 'too-large' };

export type During = 'connecting' | 'waiting' | 'reading';

/** Makes one call on a connection of its own. Never throws, never follows a redirect, never reads without end. */
export function call(outbound: Outbound): Promise<Outcome> {
  let resolve: (outcome: Outcome) => void = () => {};
  const promise = new Promise<Outcome>((settle) => {
    resolve = settle;
  });
  let during: During = 'connecting';

  // Pods close idle connections after seconds, and node:http's agent is reset just then (docs/facts.md).
  const request = (outbound.protocol === 'https:' ? httpsRequest : httpRequest)({
    agent: false,
    host: outbound.connectTo,
    port: outbound.port,
    servername: outbound.serverName,
    method: outbound.method,
    path: outbound.path,
    headers: { ...outbound.headers, host: outbound.host },
  });
  const callOff = () => end({ kind: 'cut-off', during, code: 'CALLED_OFF' });
  outbound.signal?.addEventListener('abort', callOff);
  const deadline = setTimeout(() => end({ kind: 'timed-out', during }), outbound.deadlineMs);

  function end(outcome: Outcome) {
    clearTimeout(deadline);
    outbound.signal?.removeEventListener('abort', callOff);
    request.destroy();
    resolve(outcome);
  }

  request.on('socket', (socket) => {
    socket.once(outbound.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      during = 'waiting';
    });
  });
  request.on('error', (error: NodeJS.ErrnoException) => {
    const code = error.code ?? error.message;
    end(during === 'connecting' ? { kind: 'not-connected', code } : { kind: 'cut-off', during, code });
  });
  request.on('response', (answer) => {
    during = 'reading';
    const status = answer.statusCode ?? 0;
    if (status >= 300 && status < 400) {
      end({ kind: 'redirected', status, location: answer.headers.location ?? null });
      return;
    }
    readAnswer(answer, outbound.answerBytes, end);
  });
  request.end(outbound.body);
  if (outbound.signal?.aborted) callOff();
  return promise;
}

function readAnswer(answer: IncomingMessage, mostBytes: number, end: (outcome: Outcome) => void) {
  const headers = { get: (name: string) => answer.headersDistinct[name.toLowerCase()]?.join(', ') ?? null };
  const chunks: Buffer[] = [];
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) end({ kind: 'too-large' });
    else chunks.push(chunk);
  });
  answer.on('error', (error: NodeJS.ErrnoException) =>
    end({ kind: 'cut-off', during: 'reading', code: error.code ?? error.message }),
  );
  answer.on('end', () => {
    const body = Buffer.concat(chunks);
    end({ kind: 'answered', status: answer.statusCode ?? 0, headers, body });
  });
}
