import { readFileSync } from 'node:fs';
import { encodeSignatureHeader, isValidSignature } from '@sanity/webhook';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { signAsContentful } from './contentful.ts';

type Call = { method: string; path: string; headers: Record<string, string>; body: Buffer };
type Judge = (secret: string, call: Call, nowMs?: number) => boolean;

const example = new URL('../../../docs/examples/senders/signatures.mjs', import.meta.url).href;
let judges: { signedByContentful: Judge; signedBySanity: Judge; sentByStrapi: Judge };
beforeAll(async () => {
  judges = await import(example);
});

const fixtures = z
  .object({
    secret: z.string(),
    signedAtMs: z.number(),
    cases: z.array(
      z.object({
        name: z.string(),
        method: z.string(),
        path: z.string(),
        headers: z.record(z.string(), z.string()),
        body: z.string(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('./contentful-signed.json', import.meta.url), 'utf8')));
const { secret, signedAtMs } = fixtures;

/** As node's server hands it on. */
function asReceived({ method, path, headers, body }: (typeof fixtures.cases)[number]): Call {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]);
  return { method, path, headers: Object.fromEntries(lower), body: Buffer.from(body) };
}

describe('what Contentful’s own package has signed', () => {
  it.each(fixtures.cases)('B9 holds: $name', (one) => {
    expect(judges.signedByContentful(secret, asReceived(one), signedAtMs + 1_000)).toBe(true);
  });

  it.each(fixtures.cases)('B9 is signed alike by these tests: $name', (one) => {
    const { method, path, headers, body } = asReceived(one);
    const own = Object.entries(headers).filter(([name]) => !/signature|signed-headers|timestamp/.test(name));
    expect(
      signAsContentful(secret, { method, path, headers: Object.fromEntries(own), body }, signedAtMs),
    ).toEqual(headers);
  });

  it.each<{ what: string; change: (call: Call) => Partial<Call> }>([
    { what: 'another body', change: ({ body }) => ({ body: Buffer.concat([body, Buffer.from(' ')]) }) },
    { what: 'another path', change: () => ({ path: '/strapi' }) },
    { what: 'another method', change: () => ({ method: 'PUT' }) },
    {
      what: 'another topic',
      change: ({ headers }) => ({
        headers: { ...headers, 'x-contentful-topic': 'ContentManagement.Entry.delete' },
      }),
    },
    {
      what: 'fewer headers named as signed',
      change: ({ headers }) => ({
        headers: {
          ...headers,
          'x-contentful-signed-headers': 'x-contentful-timestamp,x-contentful-signed-headers',
        },
      }),
    },
    {
      what: 'a list that does not name itself',
      change: ({ headers }) => ({ headers: { ...headers, 'x-contentful-signed-headers': 'content-type' } }),
    },
    {
      what: 'no signature',
      change: ({ headers: { 'x-contentful-signature': _, ...rest } }) => ({ headers: rest }),
    },
    { what: 'no header at all', change: () => ({ headers: {} }) },
  ])('B9 does not hold with $what', ({ change }) => {
    const [first] = fixtures.cases;
    if (first === undefined) throw new Error('There is no fixture.');
    const call = asReceived(first);
    expect(judges.signedByContentful(secret, { ...call, ...change(call) }, signedAtMs)).toBe(false);
  });

  it.each([-301_000, 301_000])('B9 does not hold %i ms later', (later) => {
    const [first] = fixtures.cases;
    if (first === undefined) throw new Error('There is no fixture.');
    expect(judges.signedByContentful(secret, asReceived(first), signedAtMs + later)).toBe(false);
    expect(judges.signedByContentful(`${secret.slice(1)}a`, asReceived(first), signedAtMs)).toBe(false);
  });
});

describe('what Sanity’s own package signs', () => {
  const now = Date.now();
  const body = '{"_id":"post-1","_type":"post","before":"grüße","after":"hello"}';
  const call = (header: string, text = body): Call => ({
    method: 'POST',
    path: '/sanity',
    headers: { 'sanity-webhook-signature': header },
    body: Buffer.from(text),
  });

  it('B9 holds, and with a space in it as Sanity has also sent it', async () => {
    const header = await encodeSignatureHeader(body, now, 'a secret');
    expect(await isValidSignature(body, header, 'a secret')).toBe(true);
    expect(judges.signedBySanity('a secret', call(header), now)).toBe(true);
    expect(judges.signedBySanity('a secret', call(header.replace(',', ', ')), now)).toBe(true);
  });

  it('B9 does not hold for another body, secret or time, nor in another form', async () => {
    const header = await encodeSignatureHeader(body, now, 'a secret');
    expect(judges.signedBySanity('a secret', call(header, `${body} `), now)).toBe(false);
    expect(judges.signedBySanity('another', call(header), now)).toBe(false);
    for (const later of [-301_000, 301_000]) {
      expect(judges.signedBySanity('a secret', call(header), now + later)).toBe(false);
    }
    const forms = [
      '',
      `t=${now}`,
      header.replace('v1', 'v2'),
      header.replace(/t=\d+/, 't=1'),
      `${header},v1=x`,
    ];
    for (const form of forms) expect(judges.signedBySanity('a secret', call(form), now)).toBe(false);
  });
});

it.each([
  { authorization: 'Bearer a-token-of-32-random-characters!!', trusted: true },
  { authorization: 'bearer a-token-of-32-random-characters!!', trusted: false },
  { authorization: 'Bearer a-token-of-32-random-characters', trusted: false },
  { authorization: '', trusted: false },
])('B9 Strapi is told by its header alone: "$authorization"', ({ authorization, trusted }) => {
  const call = { method: 'POST', path: '/strapi', headers: { authorization }, body: Buffer.from('{}') };
  expect(judges.sentByStrapi('a-token-of-32-random-characters!!', call)).toBe(trusted);
});
