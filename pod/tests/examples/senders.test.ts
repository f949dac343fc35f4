import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { newSecret } from '@everypod/contract';
import { encodeSignatureHeader } from '@sanity/webhook';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { afterThisTest, reportOf, secret, startBridge, startWorld } from '../../../bridge/tests/harness.ts';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { untilItListens } from '../surroundings/flags.ts';
import {
  type Environment,
  installProject,
  type Project,
  runCommand,
  start,
} from '../surroundings/installed.ts';
import { signAsContentful } from './contentful.ts';

let project: Project;
beforeAll(() => {
  project = installProject();
}, 60_000);
afterAll(() => project.remove());

const bridgeAlone = async () => startBridge(await startWorld());

/** One of the wrappers, and how to call it as its content system does. */
async function startWrapper(program: string, environment: Environment) {
  const port = await freePort();
  const running = start(project, `examples/senders/${program}.mjs`, {
    PORT: String(port),
    EVERYPOD_SECRET: secret,
    ...environment,
  });
  afterThisTest(() => running.stop());
  const url = `http://127.0.0.1:${port}`;
  await untilItListens(url, running);
  return {
    output: running.output,
    async post(body: string, headers: Record<string, string>) {
      const answer = await fetch(`${url}/${program}`, { method: 'POST', body, headers });
      return { status: answer.status, ...((await answer.json()) as { id?: string; said?: string }) };
    },
  };
}

/** What each of them sends, signed as it signs now. */
const systems = {
  contentful: {
    environment: { CONTENTFUL_SIGNING_SECRET: 'c'.repeat(64) },
    sign: (body: string, extra: Record<string, string> = {}) => {
      const headers = {
        'content-type': 'application/vnd.contentful.management.v1+json',
        'x-contentful-topic': 'ContentManagement.Entry.publish',
        'x-contentful-webhook-name': 'Everypod',
        ...extra,
      };
      const call = { method: 'POST', path: '/contentful', headers, body: Buffer.from(body) };
      return Promise.resolve(signAsContentful('c'.repeat(64), call, Date.now()));
    },
    forge: { 'x-contentful-signature': '0'.repeat(64) },
    body: JSON.stringify({
      sys: {
        type: 'Entry',
        id: '5KsDBWseXY6QegucYAoacS',
        contentType: { sys: { type: 'Link', linkType: 'ContentType', id: 'blogPost' } },
        updatedAt: '2026-01-02T03:04:05.678Z',
      },
      fields: { title: { 'en-GB': 'Hello' }, slug: { 'en-GB': 'hello', 'de-DE': 'grüße' } },
    }),
    targets: [
      { tag: 'contentful:entry:5KsDBWseXY6QegucYAoacS' },
      { tag: 'contentful:type:blogPost' },
      { path: '/blog/hello' },
      { path: '/blog/grüße' },
    ],
    draft: {
      body: '{"sys":{"type":"Entry","id":"a","updatedAt":"2026-01-02T03:04:05.678Z"},"fields":{}}',
      headers: { 'x-contentful-topic': 'ContentManagement.Entry.auto_save' },
    },
  },
  sanity: {
    environment: { SANITY_WEBHOOK_SECRET: 'a secret of sanity' },
    sign: async (body: string, extra: Record<string, string> = {}) => ({
      'content-type': 'application/json',
      'idempotency-key': 'c2FuaXR5LTE',
      'sanity-operation': 'update',
      'sanity-transaction-time': '2026-01-02T03:04:05Z',
      'sanity-webhook-signature': await encodeSignatureHeader(body, Date.now(), 'a secret of sanity'),
      ...extra,
    }),
    forge: { 'sanity-webhook-signature': `t=${Date.now()},v1=${'A'.repeat(43)}` },
    body: '{"_id":"post-1","_type":"post","before":"old-name","after":"new-name"}',
    targets: [
      { tag: 'sanity:document:post-1' },
      { tag: 'sanity:type:post' },
      { path: '/blog/old-name' },
      { path: '/blog/new-name' },
    ],
    draft: { body: '{"_id":"drafts.post-1","_type":"post","before":null,"after":"a"}', headers: {} },
  },
  strapi: {
    environment: { STRAPI_WEBHOOK_TOKEN: 's'.repeat(32) },
    sign: (_body: string, extra: Record<string, string> = {}) =>
      Promise.resolve({
        authorization: `Bearer ${'s'.repeat(32)}`,
        'content-type': 'application/json',
        'x-strapi-event': 'entry.publish',
        ...extra,
      }),
    forge: { authorization: `Bearer ${'S'.repeat(32)}` },
    // Of Strapi 5, whose body has a uid and a documentId more than that of Strapi 4.
    body: JSON.stringify({
      event: 'entry.publish',
      createdAt: '2026-01-02T03:04:05.678Z',
      model: 'article',
      uid: 'api::article.article',
      entry: { id: 7, documentId: 'n1kq', slug: 'hello', publishedAt: '2026-01-02T03:04:05.600Z' },
    }),
    targets: [{ tag: 'strapi:article:n1kq' }, { tag: 'strapi:article' }, { path: '/blog/hello' }],
    draft: {
      body: JSON.stringify({
        event: 'entry.update',
        createdAt: '2026-01-02T03:04:05.678Z',
        model: 'article',
        entry: { id: 7, slug: 'hello', publishedAt: null },
      }),
      headers: {},
    },
  },
} as const;

describe.each(['contentful', 'sanity', 'strapi'] as const)('the wrapper for %s', (name) => {
  const { environment, sign, forge, body, targets, draft } = systems[name];

  it(`B9 makes one event of what ${name} signs, however often it comes`, async () => {
    const bridge = await bridgeAlone();
    const wrapper = await startWrapper(name, { ...environment, EVERYPOD_BRIDGE_URL: bridge.url });
    const first = await wrapper.post(body, await sign(body));
    expect(first, wrapper.output()).toMatchObject({ status: 200 });
    const report = await reportOf(bridge, first.id ?? '');
    expect(report.targets).toEqual(targets);
    expect(await wrapper.post(body, await sign(body))).toMatchObject({ status: 200, id: first.id });
    const later = body.replace(/"hello"|"new-name"/, '"another"');
    const second = await wrapper.post(later, await sign(later));
    expect(second).toMatchObject({ status: 200 });
    expect((await reportOf(bridge, second.id ?? '')).seq).toBeGreaterThan(report.seq);
  });

  it(`B9 sends nothing for what ${name} did not sign, for drafts, and for what it cannot read`, async () => {
    const bridge = await bridgeAlone();
    const wrapper = await startWrapper(name, { ...environment, EVERYPOD_BRIDGE_URL: bridge.url });
    expect((await wrapper.post(body, { ...(await sign(body)), ...forge })).status).toBe(401);
    expect((await wrapper.post(body, {})).status).toBe(401);
    expect(await wrapper.post(draft.body, await sign(draft.body, draft.headers))).toMatchObject({
      status: 200,
      said: 'No page shows this.',
    });
    expect((await wrapper.post('not json', await sign('not json'))).status).toBe(400);
    const large = `{"a":"${'a'.repeat(1_000_000)}"}`;
    expect((await wrapper.post(large, await sign(large))).status).toBe(413);
  });

  it(`B9 has ${name} ask again where no bridge takes it, and names no secret`, async () => {
    const wrapper = await startWrapper(name, {
      ...environment,
      EVERYPOD_BRIDGE_URL: `http://127.0.0.1:${await freePort()}`,
    });
    const answer = await wrapper.post(body, await sign(body));
    expect(answer).toMatchObject({ status: 503, said: expect.stringContaining('ECONNREFUSED') });
    expect(wrapper.output()).toContain('was not accepted');
    expect(wrapper.output() + JSON.stringify(answer)).not.toContain(secret.slice(6));
  });
});

it('B9 the wrapper for Strapi reads what Strapi 4 sends, and an entry of a type without drafts', async () => {
  const bridge = await bridgeAlone();
  const { environment, sign } = systems.strapi;
  const wrapper = await startWrapper('strapi', { ...environment, EVERYPOD_BRIDGE_URL: bridge.url });
  const body = JSON.stringify({
    event: 'entry.delete',
    createdAt: '2020-01-10T08:59:35.796Z',
    model: 'address',
    entry: { id: 1, city: 'Paris' },
  });
  const { id = '' } = await wrapper.post(body, await sign(body));
  expect((await reportOf(bridge, id)).targets).toEqual([
    { tag: 'strapi:address:1' },
    { tag: 'strapi:address' },
  ]);
});

const has = (command: string) => spawnSync(command, ['version']).error === undefined;

describe.skipIf(!has('openssl') || !has('curl') || !has('sh'))('curl and openssl', () => {
  const sendSh = (given: readonly string[], environment: Environment) =>
    runCommand(project, ['sh', 'examples/senders/send.sh', ...given], environment);

  it.each([
    { given: ['topic', 'flags'], target: { topic: 'flags' } },
    { given: ['path', '/grüße'], target: { path: '/grüße' } },
    { given: ['tag', 'wp:post:1'], target: { tag: 'wp:post:1' } },
  ])('B9 send an event that the bridge takes: $given', async ({ given, target }) => {
    const bridge = await bridgeAlone();
    const told = await sendSh(given, { EVERYPOD_BRIDGE_URL: bridge.url, EVERYPOD_SECRET: secret });
    expect(told, told.stderr).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(told.stdout)).toMatchObject({ state: 'accepted', targets: [target] });
  });

  it('B9 sign with each of several secrets, and say where none holds', async () => {
    const bridge = await bridgeAlone();
    const environment = { EVERYPOD_BRIDGE_URL: bridge.url };
    const both = `${newSecret()}\n${secret}`;
    expect(await sendSh(['tag', 'a'], { ...environment, EVERYPOD_SECRET: both })).toMatchObject({ code: 0 });
    const none = await sendSh(['tag', 'a'], { ...environment, EVERYPOD_SECRET: newSecret() });
    expect(none.code).not.toBe(0);
    expect(none.stdout).toContain('urn:everypod:problem:unauthorized');
  });

  it.each([{ given: [] }, { given: ['page', 'a'] }, { given: ['tag', 'a"b'] }])(
    'B9 refuse $given',
    async ({ given }) => {
      const told = await sendSh(given, {
        EVERYPOD_BRIDGE_URL: 'http://127.0.0.1:9',
        EVERYPOD_SECRET: secret,
      });
      expect(told).toMatchObject({ code: 2, stdout: '' });
    },
  );
});

it('B9 the page for senders shows what these tests run', () => {
  const page = readFileSync(new URL('../../../docs/senders.md', import.meta.url), 'utf8');
  for (const shown of [
    'contentful.mjs',
    'sanity.mjs',
    'strapi.mjs',
    'send.sh',
    'signatures.mjs',
    'wrapper.mjs',
  ]) {
    expect(page).toContain(`(examples/senders/${shown})`);
  }
});
