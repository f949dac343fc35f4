import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { newSecret } from '@everypod/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  afterThisTest,
  reportOf,
  secret,
  startBridge,
  startWorld,
  temporaryFolder,
} from '../../../bridge/tests/harness.ts';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { run } from '../../src/commands.ts';
import { sendEvent } from '../../src/index.ts';
import { startFlagWorld } from '../surroundings/flags.ts';
import {
  type Environment,
  everypod,
  installProject,
  type Project,
  runCommand,
} from '../surroundings/installed.ts';

let project: Project;
beforeAll(() => {
  project = installProject();
}, 60_000);
afterAll(() => project.remove());

/** A bridge that nobody listens to but the test, and how to run `everypod` against it. */
async function bridgeAlone() {
  const world = await startWorld();
  const bridge = await startBridge(world);
  const environment = { EVERYPOD_BRIDGE_URL: bridge.url, EVERYPOD_SECRET: secret };
  const send = (given: readonly string[], more: Environment = {}) =>
    everypod(project, ['send', '--wait', '0', ...given], { ...environment, ...more });
  return { bridge, environment, send };
}

type Changed = { headers: Record<string, string>; body: string };
const signatureOf = (answer: Response) =>
  Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith('webhook-')));

const idIn = (text: string) => /(?:Accepted as |--id )([\w-]+)/.exec(text)?.[1] ?? '';

describe('everypod send', () => {
  it('B9 prints a line for each pod, with its state and why, and ends with 0', async () => {
    const world = await startFlagWorld(project);
    world.set({ dark: true });
    const one = await world.add(11);
    await one.untilReady();
    const two = await world.add(12, 'node');
    await two.untilReady();
    world.world.list(['127.0.0.11', '127.0.0.12', '127.0.0.13']);

    const told = await everypod(project, ['send', '--topic', 'flags', '--path', '/hello', '--wait', '20'], {
      EVERYPOD_BRIDGE_URL: world.bridge.url,
      EVERYPOD_SECRET: secret,
    });
    expect(told.code, told.stderr).toBe(0);
    expect(told.stdout).toMatch(/^Accepted as evt_[0-9a-f]{32}, number \d+ in the journal\.$/m);
    expect(told.stdout).toMatch(/^ {2}node-11 +127\.0\.0\.11 +applied +\d+ ms$/m);
    expect(told.stdout).toMatch(/^ {2}node-12 +127\.0\.0\.12 +applied +\d+ ms$/m);
    expect(told.stdout).toMatch(/127\.0\.0\.13 +unreachable +\d+ ms +Nothing listens at/);
    expect(told.stdout).toContain('3 pods: 2 applied, 1 unreachable. The event is accepted.');
    expect(told.stdout).not.toMatch(/fresh/i);
  });

  it.each([
    { given: ['--topic', 'flags'], targets: [{ topic: 'flags' }] },
    { given: ['--path', '/a', '--path', '/b/ü'], targets: [{ path: '/a' }, { path: '/b/ü' }] },
    { given: ['--path', '/blog/[slug]'], targets: [{ path: '/blog/[slug]' }] },
    { given: ['--tag', 'posts', '--tag=menu'], targets: [{ tag: 'posts' }, { tag: 'menu' }] },
    { given: ['--everything'], targets: [{ path: '/', scope: 'layout' }] },
    {
      given: ['--everything', '--topic', 'flags', '--topic', 'prices'],
      targets: [{ path: '/', scope: 'layout' }, { topic: 'flags' }, { topic: 'prices' }],
    },
  ])('B9 sends $given', async ({ given, targets }) => {
    const { bridge, send } = await bridgeAlone();
    const told = await send(given);
    expect(told, told.stderr).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toContain('The event is accepted.');
    expect((await reportOf(bridge, idIn(told.stdout))).targets).toEqual(targets);
  });

  it('B9 reads the secret from a file, signs with each of several, and takes options before the environment', async () => {
    const { bridge, send } = await bridgeAlone();
    const file = join(temporaryFolder(), 'secret');
    writeFileSync(file, `${newSecret()}\n${secret}\n`);
    const fromFile = {
      EVERYPOD_SECRET: '',
      EVERYPOD_SECRET_FILE: file,
      EVERYPOD_BRIDGE_URL: 'http://127.0.0.1:9',
    };
    const told = await send(
      [
        '--tag',
        'a',
        '--bridge',
        `${bridge.url}/`,
        '--site',
        'https://shop.example',
        '--change',
        'price.changed',
      ],
      fromFile,
    );
    expect(told, told.stderr).toMatchObject({ code: 0 });
  });

  it('B9 sends the very same again under one id, and it is journaled once', async () => {
    const { send } = await bridgeAlone();
    const again = ['--tag', 'a', '--id', 'deploy-42', '--at', '2026-01-02T03:04:05Z'];
    const first = await send(again);
    expect(first).toMatchObject({ code: 0 });
    const [said] = first.stdout.split('\n');
    expect((await send(again)).stdout.split('\n')[0]).toBe(said);
    const other = await send([...again, '--tag', 'b']);
    expect(other).toMatchObject({ code: 1, stdout: '' });
    expect(other.stderr).toContain('The bridge answered 409.');
  });

  it('B9 says how to send it again where no bridge answers, and ends with 1', async () => {
    const { send, bridge } = await bridgeAlone();
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const told = await send(['--tag', 'a', '--bridge', nobody]);
    expect(told).toMatchObject({ code: 1, stdout: '' });
    expect(told.stderr).toContain('ECONNREFUSED');
    const [, again = ''] = /add: (--id \S+ --at \S+)/.exec(told.stderr) ?? [];
    const id = idIn(told.stderr);
    expect(await send(['--tag', 'a', ...again.split(' ')])).toMatchObject({ code: 0 });
    expect((await reportOf(bridge, id)).id).toBe(id);
  });

  it('B9 says that the secrets differ, and shows neither', async () => {
    const { send } = await bridgeAlone();
    const wrong = newSecret();
    const told = await send(['--tag', 'a'], { EVERYPOD_SECRET: wrong });
    expect(told).toMatchObject({ code: 1, stdout: '' });
    expect(told.stderr).toContain('The bridge answered 401.');
    for (const one of [wrong, secret]) expect(told.stdout + told.stderr).not.toContain(one.slice(6));
  });

  const tag = ['--tag', 'a'];
  it.each<{ given: string[]; environment?: Environment; says: string }>([
    { given: [], says: 'Say what has changed' },
    { given: ['flags'], says: "Unexpected argument 'flags'" },
    { given: ['--tags', 'a'], says: "Unknown option '--tags'" },
    { given: ['--tag'], says: "Option '--tag <value>' argument missing" },
    { given: ['--tag', ''], says: 'tag ""' },
    { given: ['--path', 'hello'], says: 'path "hello": a path starts with /.' },
    { given: ['--path', 'https://example.org/hello'], says: 'a path starts with /.' },
    { given: ['--path', `/${'a'.repeat(1_024)}`], says: 'a path has at most 1024 characters' },
    { given: ['--topic', 'all flags'], says: 'topic "all flags"' },
    { given: Array.from({ length: 100 }, (_, at) => `--tag=${at}${'a'.repeat(250)}`), says: '20000 bytes' },
    { given: [...tag, '--wait', '31'], says: '--wait takes whole seconds, 0 to 30.' },
    { given: [...tag, '--wait', '1.5'], says: '--wait takes whole seconds' },
    { given: [...tag, '--change', 'Changed'], says: 'change: ' },
    { given: [...tag, '--site', 'example.org'], says: 'site: ' },
    { given: [...tag, '--bridge', 'bridge:8080'], says: 'http or https URL' },
    { given: [...tag, '--bridge', 'http://user:word@bridge'], says: 'without a user or a query' },
    { given: [...tag, '--id', 'x'], says: 'Give --id and --at together' },
    { given: [...tag, '--id', 'x y', '--at', '2026-01-02T03:04:05Z'], says: 'An id is 1 to 64 of' },
    { given: [...tag, '--id', 'x', '--at', 'noon'], says: 'timestamp: ' },
    { given: [...tag, '--secret', 'whsec_c2VjcmV0LXNlY3JldA=='], says: 'A secret is never an argument' },
    { given: ['--tag', 'whsec_c2VjcmV0LXNlY3JldA=='], says: 'A secret is never an argument' },
    { given: tag, environment: { EVERYPOD_BRIDGE_URL: ' ' }, says: 'Where is the bridge?' },
    { given: tag, environment: { EVERYPOD_SECRET: '' }, says: 'There is no secret' },
    { given: tag, environment: { EVERYPOD_SECRET: 'c2VjcmV0' }, says: 'A secret is whsec_ and then' },
    { given: tag, environment: { EVERYPOD_SECRET_FILE: '/nowhere' }, says: 'Set one of them' },
    {
      given: tag,
      environment: { EVERYPOD_SECRET: '', EVERYPOD_SECRET_FILE: '/nowhere' },
      says: 'could not be read (ENOENT)',
    },
  ])('B9 is told what is wrong with the command: $says', async ({ given, environment = {}, says }) => {
    const told = { stdout: '', stderr: '' };
    const code = await run(['send', ...given], {
      environment: { EVERYPOD_BRIDGE_URL: 'http://127.0.0.1:9', EVERYPOD_SECRET: secret, ...environment },
      say: (text) => (told.stdout += text),
      complain: (text) => (told.stderr += text),
    });
    expect({ code, ...told }).toMatchObject({ code: 2, stdout: '' });
    expect(told.stderr).toContain(says);
    expect(told.stderr).not.toContain(secret.slice(6));
    expect(told.stderr).not.toContain('c2VjcmV0');
  });
});

describe('everypod', () => {
  it('B9 runs by npx from what is installed, and lists its commands', async () => {
    const told = await runCommand(project, ['npx', '--no-install', 'everypod', '--help'], {});
    expect(told.code, told.stderr).toBe(0);
    expect(told.stdout).toContain('everypod send');
    expect((await everypod(project, ['send', '--help'], {})).stdout).toContain('--everything');
  });

  it.each([{ given: [] }, { given: ['sned'] }, { given: ['constructor'] }])(
    'B9 ends with 2 and its list for $given',
    async ({ given }) => {
      const told = await everypod(project, given, {});
      expect(told).toMatchObject({ code: 2, stdout: '' });
      expect(told.stderr).toContain('everypod send');
    },
  );
});

describe('sendEvent', () => {
  it('B9 tries again under the same id, with the same bytes, where a bridge is not ready', async () => {
    const { bridge } = await bridgeAlone();
    const seen: { id: unknown; body: string }[] = [];
    const before = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      seen.push({ id: request.headers['webhook-id'], body });
      if (seen.length === 1) return request.socket.destroy();
      if (seen.length === 2) return response.writeHead(503).end('starting');
      const headers = Object.entries(request.headers).filter(([name]) =>
        /^webhook-|^prefer|^everypod-/.test(name),
      );
      const answer = await fetch(bridge.url + request.url, {
        method: 'POST',
        headers: Object.fromEntries(headers) as Record<string, string>,
        body,
      });
      return response.writeHead(answer.status, signatureOf(answer)).end(await answer.text());
    });
    const port = await freePort();
    await once(before.listen(port, '127.0.0.1'), 'listening');
    afterThisTest(() => before.close());

    const sent = await sendEvent({
      bridgeUrl: `http://127.0.0.1:${port}`,
      secret,
      targets: [{ topic: 'flags' }],
    });
    expect(sent).toMatchObject({ kind: 'accepted', report: { state: 'accepted', pods: [] } });
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
  });

  /** A real bridge, and something before it that does to its answers what a test says. */
  async function bridgeBehind(change: (headers: Record<string, string>, body: string) => Changed) {
    const { bridge } = await bridgeAlone();
    const between = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const headers = Object.entries(request.headers).filter(([name]) => !/^(host|connection)$/.test(name));
      const answer = await fetch(bridge.url + request.url, {
        method: 'POST',
        headers: Object.fromEntries(headers) as Record<string, string>,
        body: Buffer.concat(chunks),
      });
      const changed = change(signatureOf(answer), await answer.text());
      response.writeHead(answer.status, changed.headers).end(changed.body);
    });
    const port = await freePort();
    await once(between.listen(port, '127.0.0.1'), 'listening');
    afterThisTest(() => between.close());
    return { bridge, url: `http://127.0.0.1:${port}` };
  }

  it.each<{ what: string; change: (headers: Record<string, string>, body: string) => Changed; says: string }>(
    [
      { what: 'not signed', change: (_, body) => ({ headers: {}, body }), says: 'is not signed' },
      {
        what: 'changed on the way',
        change: (headers, body) => ({ headers, body: body.replace('"accepted"', '"settled"') }),
        says: 'signature does not hold',
      },
      {
        what: 'of another event',
        change: (headers, body) => ({ headers: { ...headers, 'webhook-id': 'evt_another' }, body }),
        says: 'signature does not hold',
      },
      {
        what: 'old',
        change: (headers, body) => ({ headers: { ...headers, 'webhook-timestamp': '1700000000' }, body }),
        says: 'Set the clocks',
      },
    ],
  )('B9 believes no answer that is $what, and says how to send the very same again', async (wrong) => {
    const { bridge, url } = await bridgeBehind(wrong.change);
    const one = { secret, targets: [{ tag: 'a' }], site: 'https://www.example.com' };
    const sent = await sendEvent({ ...one, bridgeUrl: url });
    expect(sent).toMatchObject({ kind: 'unreached', reason: expect.stringContaining(wrong.says) });
    const { id, timestamp } = sent;
    const again = await sendEvent({ ...one, bridgeUrl: bridge.url, id, timestamp });
    expect(again).toMatchObject({ kind: 'accepted', id });
  });

  it.each([
    { status: 302, body: '', kind: 'refused', says: 'redirect' },
    { status: 200, body: '<h1>Welcome</h1>', kind: 'refused', says: 'no bridge of this version' },
    { status: 404, body: 'nothing', kind: 'refused', says: 'answered 404' },
    { status: 429, body: 'later', kind: 'unreached', says: 'answered 429' },
  ])('B9 says $kind of an answer $status that is no report', async ({ status, body, kind, says }) => {
    const other = createServer((_request, response) => {
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:9/' } : {}).end(body);
    });
    const port = await freePort();
    await once(other.listen(port, '127.0.0.1'), 'listening');
    afterThisTest(() => other.close());
    const sent = await sendEvent({ bridgeUrl: `http://127.0.0.1:${port}`, secret, targets: [{ tag: 'a' }] });
    expect(sent).toMatchObject({ kind, reason: expect.stringContaining(says) });
  });
});
