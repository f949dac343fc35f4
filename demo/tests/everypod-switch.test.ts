import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventSchema, newSecret, parseSecret, verify, wholeSite } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEverypodSwitch } from '../src/everypod-switch/everypod-switch.ts';

const secret = newSecret();
let server: Server;
let port = 0;
let status: number;
/** What the bridge was sent, and whether it could trust it. */
let events: { targets: unknown; trusted: boolean }[];
/** What WordPress was told. */
let told: boolean[];
let everypod: ReturnType<typeof createEverypodSwitch>;

beforeEach(async () => {
  port = 0;
  status = 202;
  events = [];
  told = [];
  await bridgeRuns();
  everypod = startSwitch({ wasOff: false });
});

const startSwitch = ({ wasOff }: { wasOff: boolean }) =>
  createEverypodSwitch({
    wasOff,
    bridgeUrl: `http://127.0.0.1:${port}`,
    secret,
    site: 'http://127.0.0.1:1',
    tell: async (on) => {
      told.push(on);
    },
    changed: () => {},
  });

afterEach(bridgeIsCutOff);

const oneTrustedEvent = [{ targets: [wholeSite], trusted: true }];

describe('the switch', () => {
  it('sends one event for the whole site when it is switched on again', async () => {
    await everypod.turn(false);
    expect([everypod.on(), events]).toEqual([false, []]);
    expect(await everypod.turn(true)).toBe('done');
    expect([everypod.on(), events, told]).toEqual([true, oneTrustedEvent, [false, true]]);
  });

  it('sends nothing when it is on already', async () => {
    expect(await everypod.turn(true)).toBe('done');
    await everypod.bridgeIsBack();
    expect([events, told]).toEqual([[], []]);
  });

  it('switched on while the bridge is cut off, owes the event until the bridge is back', async () => {
    await everypod.turn(false);
    await bridgeIsCutOff();
    expect([await everypod.turn(true), everypod.on()]).toEqual(['event owed', true]);
    await bridgeRuns();
    await everypod.bridgeIsBack();
    await everypod.bridgeIsBack();
    expect(events).toEqual(oneTrustedEvent);
  });

  it('sends what it owes when somebody asks for it to be on once more', async () => {
    await everypod.turn(false);
    await bridgeIsCutOff();
    await everypod.turn(true);
    await bridgeRuns();
    expect(await everypod.turn(true)).toBe('done');
    expect([events, told]).toEqual([oneTrustedEvent, [false, true]]);
  });

  it('owes the event from the start when it was off at the end of the last', async () => {
    everypod = startSwitch({ wasOff: true });
    expect(everypod.on()).toBe(true);
    await everypod.bridgeIsBack();
    expect(events).toEqual(oneTrustedEvent);
  });

  it('owes nothing once it is switched off', async () => {
    await everypod.turn(false);
    await bridgeIsCutOff();
    await everypod.turn(true);
    await everypod.turn(false);
    await bridgeRuns();
    await everypod.bridgeIsBack();
    expect(events).toEqual([]);
  });

  it('says so when the bridge refuses the event, and still owes it', async () => {
    await everypod.turn(false);
    status = 503;
    await expect(everypod.turn(true)).rejects.toThrow('The bridge answered 503');
    status = 202;
    await everypod.bridgeIsBack();
    expect(events.at(-1)).toEqual(oneTrustedEvent[0]);
  });
});

/** At the same address as before. */
async function bridgeRuns(): Promise<void> {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const headers = { get: (name: string) => String(request.headers[name] ?? '') || null };
    const { trusted } = verify([parseSecret(secret)], headers, body, Date.now());
    events.push({ targets: eventSchema.parse(JSON.parse(body.toString())).data.targets, trusted });
    response.writeHead(status).end('{}');
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  port = (server.address() as AddressInfo).port;
}

async function bridgeIsCutOff(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
