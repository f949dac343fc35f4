import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerBody, askDirected } from '@everypod/contract';
import { limits } from '../limits.ts';
import { retryAfters, type WireFault } from './fault.ts';

/** Headers that sign `body` as the pod's answer to the message `id`. */
export type Signer = (id: string, body: string | Uint8Array) => Record<string, string>;

export type Caught = {
  socket: Socket;
  /** What has come so far; a push fits into it. */
  start: Buffer;
  signer: Signer;
  /** How many connections the fault has met before this one. */
  met: number;
  /** Hands the connection to the pod after all. */
  pass: () => void;
};

/** Does to one connection what the fault says. */
export function misbehave(fault: WireFault, caught: Caught): void {
  const { socket, pass } = caught;
  const answer = (status: string, headers: Record<string, string>, body: string) =>
    socket.end(answerText(status, { 'content-length': String(Buffer.byteLength(body)), ...headers }, body));
  switch (fault.kind) {
    case 'refuse':
      socket.resetAndDestroy();
      return;
    case 'accept nothing':
      return;
    case 'drip head':
      return void drip(socket, 'HTTP/1.1 200 OK\r\ncontent-type: ', 'a');
    case 'drip body':
      return void drip(socket, answerText('200 OK', { 'content-length': '5000' }, '{"ok":'), ' ');
    case 'close mid-body':
      socket.write(answerText('200 OK', { 'content-length': '900' }, '{"ok":true,'), () => socket.destroy());
      return;
    case 'redirect 302':
      return void answer('302 Found', { location: '/elsewhere' }, '');
    case 'redirect 307':
      return void answer('307 Temporary Redirect', { location: '/elsewhere' }, '');
    case '500 then 200':
      return void answer('500 Internal Server Error', {}, 'oops');
    case '429':
      return void answer('429 Too Many Requests', retryAfter(caught), '');
    case 'endless body':
      return void endless(socket);
    case 'bad JSON':
      return void answer('200 OK', {}, '{"ok":true,');
    case 'bad JSON, signed':
      return void answer('200 OK', signed(caught, '{"ok":true,'), '{"ok":true,');
    case 'answer for another id': {
      const body = flattering(caught);
      return void answer('200 OK', signed(caught, body, 'push_00000000000000000000000000000000'), body);
    }
    case 'mirror': {
      const asked = questionOf(caught);
      return void answer('200 OK', asked.signature, asked.body);
    }
    case 'a number above all, signed': {
      const body = flattering(caught, Number.MAX_SAFE_INTEGER);
      return void answer('200 OK', signed(caught, body), body);
    }
    case 'another service':
      return void answer('200 OK', { 'content-type': 'application/json' }, flattering(caught));
    case 'lost answer':
      loseAnswer(caught);
      return;
    case 'slow':
      setTimeout(pass, fault.amount);
  }
}

function answerText(status: string, headers: Record<string, string>, body: string): string {
  const lines = Object.entries({ connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `HTTP/1.1 ${status}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

function retryAfter({ met }: Caught): Record<string, string> {
  const value = retryAfters[met % retryAfters.length] ?? null;
  return value === null ? {} : { 'retry-after': value };
}

async function drip(socket: Socket, start: string, drop: string) {
  socket.write(start);
  while (!socket.destroyed && socket.writable) {
    await sleep(limits.dripMs);
    socket.write(drop);
  }
}

async function endless(socket: Socket) {
  socket.write(answerText('200 OK', { 'transfer-encoding': 'chunked' }, ''));
  const piece = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
  while (!socket.destroyed && socket.writable) {
    socket.write(piece);
    await sleep(5);
  }
}

/** The pod does what it was asked to; nobody hears of it. */
function loseAnswer({ socket, pass }: Caught) {
  const lost = () => {
    socket.destroy();
    return false;
  };
  socket.write = lost;
  socket.cork = lost;
  pass();
}

/** In the form that the push asks for, as the pod does. */
function signed(caught: Caught, body: string, id = idOf(caught)): Record<string, string> {
  const asks = Object.entries(askDirected).every(([name, value]) =>
    headOf(caught).includes(`${name}: ${value}`),
  );
  return caught.signer(id, asks ? answerBody(body) : body);
}

function headOf({ start }: Caught): string {
  return start.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
}

/** The push itself, to be sent back with its own signature. */
function questionOf(caught: Caught): { signature: Record<string, string>; body: string } {
  const lines = headOf(caught)
    .split('\r\n')
    .filter((line) => /^webhook-/i.test(line));
  const signature = Object.fromEntries(lines.map((line) => line.split(': ', 2)));
  return { signature, body: caught.start.toString('utf8').split('\r\n\r\n', 2)[1] ?? '' };
}

function idOf({ start }: Caught): string {
  return /^webhook-id: ([\w-]+)/im.exec(start.toString('latin1'))?.[1] ?? 'none';
}

/** The very answer that the asker hopes for, from one who applied nothing. */
function flattering({ start, socket }: Caught, number?: number): string {
  const text = start.toString('latin1');
  const epoch = /"epoch":"([^"]+)"/.exec(text)?.[1] ?? 'unknown-epoch';
  const seq = number ?? Number(/"upTo":(\d+)/.exec(text)?.[1] ?? 0);
  const pod = { ip: socket.localAddress, name: 'impostor', instance: 'impostor-instance', builtAt: null };
  return JSON.stringify({ ok: true, pod, cursor: { epoch, seq }, settled: { epoch, seq } });
}
