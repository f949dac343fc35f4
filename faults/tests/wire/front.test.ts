import { createServer, type Server } from 'node:http';
import { newMessageId, parseSecret, sign } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call } from '../../src/outbound.ts';
import type { WireFault, WireFaultKind } from '../../src/wire/fault.ts';
import { type Front, openFront } from '../../src/wire/front.ts';

const ip = '127.63.0.1';
const secret = parseSecret(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
const body = JSON.stringify({ epoch: 'epoch-one', after: 0, upTo: 5, targets: [] });

let server: Server;
let front: Front;
let port = 0;
let served: string[];

beforeEach(async () => {
  served = [];
  server = createServer(async (request, answer) => {
    for await (const chunk of request) served.push(String(chunk));
    served.push(request.url ?? '');
    answer.end('from the pod');
  });
  port = 20_000 + Math.floor(Math.random() * 20_000);
  front = await openFront({
    ip,
    port,
    server,
    signer: (id, text) => ({ ...sign([secret], id, Date.now(), text) }),
  });
});

afterEach(async () => {
  await front.close();
  server.closeAllConnections();
});

const push = (deadlineMs = 400) =>
  call({
    url: `http://${ip}:${port}/siteapi/revalidate`,
    method: 'POST',
    headers: { ...sign([secret], newMessageId('push'), Date.now(), body) },
    body,
    deadlineMs,
    answerBytes: 100_000,
  });
const page = () => call({ url: `http://${ip}:${port}/a/1`, deadlineMs: 400 });
const fault = (kind: WireFaultKind, given: Partial<WireFault> = {}): WireFault => ({
  kind,
  scope: 'pushes',

  amount: 1,
  ...given,
});

describe('The front of a pod', () => {
  it('passes everything on while there is no fault', async () => {
    expect((await push()).text).toBe('from the pod');
    expect(served).toEqual([body, '/siteapi/revalidate']);
  });

  it.each<[WireFaultKind, { status: number; reason?: string; text?: RegExp }]>([
    ['accept nothing', { status: 0, reason: 'deadline' }],
    ['drip head', { status: 0, reason: 'deadline' }],
    ['drip body', { status: 0, reason: 'deadline' }],
    ['close mid-body', { status: 0, reason: 'answer cut off' }],
    ['redirect 302', { status: 302 }],
    ['redirect 307', { status: 307 }],
    ['500 then 200', { status: 500 }],
    ['429', { status: 429 }],
    ['endless body', { status: 0, reason: 'answer too large' }],
    ['bad JSON', { status: 200, text: /^\{"ok":true,$/ }],
    ['bad JSON, signed', { status: 200, text: /^\{"ok":true,$/ }],
    ['answer for another id', { status: 200, text: /"seq":5/ }],
    ['mirror', { status: 200, text: /^\{"epoch":"epoch-one",.*\}$/ }],
    ['a number above all, signed', { status: 200, text: /"seq":9007199254740991/ }],
    ['another service', { status: 200, text: /"seq":5/ }],
  ])('does "%s" to a push, and to nothing else', async (kind, expected) => {
    await front.set(fault(kind));
    const answered = await push(kind === 'endless body' ? 4_000 : 400);
    expect(answered.status).toBe(expected.status);
    if (expected.reason) expect(answered.reason).toBe(expected.reason);
    if (expected.text) expect(answered.text).toMatch(expected.text);
    expect(served).toEqual([]);
    expect((await page()).text).toBe('from the pod');
  });

  it('refuses connections, and takes them again', async () => {
    await front.set(fault('refuse'));
    expect((await page()).reason).toBe('ECONNREFUSED');
    await front.set(null);
    expect((await page()).status).toBe(200);
  });

  it('loses an answer on the way back: the pod has done what it was asked', async () => {
    await front.set(fault('lost answer'));
    expect((await push()).status).toBe(0);
    expect(served).toContain('/siteapi/revalidate');
  });

  it('answers 500 as often as it is told, then passes on', async () => {
    await front.set(fault('500 then 200', { amount: 2 }));
    const statuses = [await push(), await push(), await push()].map(({ status }) => status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  it('delays a push', async () => {
    await front.set(fault('slow', { amount: 150 }));
    const startedAt = performance.now();
    expect((await push(2_000)).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(140);
  });

  it('holds up everybody when its scope is all', async () => {
    await front.set(fault('accept nothing', { scope: 'all' }));
    expect((await page()).reason).toBe('deadline');
  });
});
