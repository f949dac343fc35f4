import { createServer, type Server } from 'node:net';
import { type AnswerTrust, createAnswerTrust, newSecret, parseSecrets, sign } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseService, podAddress, type Service } from '../../src/discovery/service.ts';
import { pushOnce } from '../../src/push/push-once.ts';
import { createTurns } from '../../src/push/turns.ts';
import { freePort } from '../free-port.ts';
import { type Misbehaviour, startPod, type TestPod } from '../pod.ts';

const secret = newSecret();
const epoch = 'epoch-0001';
const push = { epoch, after: 4, upTo: 5, targets: [{ path: '/hello' }] };

let pod: TestPod;
let service: Service;
beforeEach(async () => {
  pod = await startPod({ secret, cursor: { epoch, seq: 4 } });
  service = parseService(`http://nextjs-headless.myapp.svc.cluster.local:${pod.port}/siteapi/revalidate`);
});
afterEach(() => pod.close());

type Attempting = {
  secrets?: string;
  answers?: AnswerTrust;
  deadlineMs?: number;
  port?: number;
  ip?: string;
};

const attempt = (options: Attempting = {}) =>
  pushOnce({
    address: podAddress({ ...service, port: options.port ?? service.port }, options.ip ?? '127.0.0.1'),
    push,
    secrets: parseSecrets(options.secrets ?? secret),
    answers: options.answers ?? createAnswerTrust(),
    turns: createTurns(),
    deadlineMs: options.deadlineMs ?? 400,
  });

describe('a push to a pod that keeps to the protocol', () => {
  it('is applied when the cursor covers it', async () => {
    const { state, answer, reason } = await attempt();
    expect(state).toBe('applied');
    expect(answer?.pod.instance).toBe(pod.identity.instance);
    expect(reason).toBeUndefined();
    expect([...pod.applied]).toEqual(['path /hello']);
  });

  it('connects to the address itself and sends the Service as Host', async () => {
    let host: string | undefined;
    pod.misbehave(({ request, response, proper }) => {
      host = request.headers.host;
      const answer = proper();
      response.writeHead(200, answer.headers).end(answer.body);
    });
    await attempt();
    expect(host).toBe(`nextjs-headless.myapp.svc.cluster.local:${pod.port}`);
  });

  it.each([
    { what: 'has no cursor', cursor: null, reason: 'has not yet caught up' },
    { what: 'is of another epoch', cursor: { epoch: 'epoch-0000', seq: 90 }, reason: 'another journal' },
    { what: 'has a gap', cursor: { epoch, seq: 2 }, reason: 'it is at 2 of 5' },
  ])('is behind when the pod $what', async ({ cursor, reason }) => {
    pod.cursor = cursor;
    const attempted = await attempt();
    expect(attempted).toMatchObject({ state: 'behind', retry: false });
    expect(attempted.reason).toContain(reason);
    expect([...pod.applied]).toEqual(['path /hello']);
  });

  it('says beside "applied" what the pod has no way to invalidate', async () => {
    pod.misbehave(({ response, proper, request }) => {
      const answer = {
        ...JSON.parse(proper().body),
        cannot: [{ target: { path: '/old' }, reason: 'It is a Pages Router page.' }],
      };
      const body = JSON.stringify(answer);
      const id = String(request.headers['webhook-id']);
      response.writeHead(200, { ...sign(parseSecrets(secret), id, Date.now(), body) }).end(body);
    });
    expect(await attempt()).toMatchObject({ state: 'applied', reason: '/old: It is a Pages Router page.' });
  });

  it('accepts an answer that is signed with a second, older secret', async () => {
    expect((await attempt({ secrets: `${newSecret()} ${secret}` })).state).toBe('applied');
  });
});

/** Answers with a body of the test's own, signed properly unless said otherwise. */
function answering(
  body: (proper: string) => string | Buffer,
  { by = secret, id, status = 200, at = 0 }: { by?: string; id?: string; status?: number; at?: number } = {},
): Misbehaviour {
  return ({ request, response, proper }) => {
    const text = body(proper().body);
    const as = id ?? String(request.headers['webhook-id']);
    response.writeHead(status, { ...sign(parseSecrets(by), as, Date.now() + at, text) }).end(text);
  };
}

const status =
  (code: number, headers: Record<string, string> = {}): Misbehaviour =>
  ({ response }) =>
    void response.writeHead(code, headers).end();

describe('a push to a pod that does not', () => {
  const table: Array<{
    what: string;
    how: Misbehaviour;
    state: string;
    reason: string;
    retry: boolean;
    retryAfterMs?: number;
  }> = [
    {
      what: 'redirects with 302',
      how: status(302, { location: 'http://127.0.0.1/' }),
      state: 'failed',
      reason: '302, a redirect',
      retry: true,
    },
    {
      what: 'redirects with 307',
      how: status(307, { location: '/x' }),
      state: 'failed',
      reason: '307, a redirect',
      retry: true,
    },
    {
      what: 'redirects with 308',
      how: status(308, { location: '/x/' }),
      state: 'failed',
      reason: 'last slash',
      retry: true,
    },
    { what: 'answers 500', how: status(500), state: 'failed', reason: 'answered 500', retry: true },
    {
      what: 'answers 503 with patience',
      how: status(503, { 'retry-after': '2' }),
      state: 'failed',
      reason: 'answered 503',
      retry: true,
      retryAfterMs: 2_000,
    },
    { what: 'answers 429', how: status(429), state: 'refused', reason: 'called later', retry: true },
    {
      what: 'answers 429 for a day',
      how: status(429, { 'retry-after': '86400' }),
      state: 'refused',
      reason: 'called later',
      retry: true,
      retryAfterMs: 10_000,
    },
    {
      what: 'answers 429 until a past date',
      how: status(429, { 'retry-after': 'Tue, 01 Jan 2019 00:00:00 GMT' }),
      state: 'refused',
      reason: 'called later',
      retry: true,
      retryAfterMs: 0,
    },
    {
      what: 'answers 429 with nonsense',
      how: status(429, { 'retry-after': 'soon' }),
      state: 'refused',
      reason: 'called later',
      retry: true,
    },
    {
      what: 'answers 404',
      how: status(404),
      state: 'refused',
      reason: 'not at /siteapi/revalidate',
      retry: false,
    },
    { what: 'answers 401', how: status(401), state: 'refused', reason: 'EVERYPOD_POD_SECRET', retry: false },
    {
      what: 'answers 200 without a signature',
      how: status(200),
      state: 'failed',
      reason: 'was not signed',
      retry: true,
    },
    {
      what: 'answers 204 without a body',
      how: status(204),
      state: 'failed',
      reason: 'was not signed',
      retry: true,
    },
    {
      what: 'signs with another secret',
      how: answering((body) => body, { by: newSecret() }),
      state: 'failed',
      reason: 'does not hold',
      retry: true,
    },
    {
      what: 'answers another push',
      how: answering((body) => body, { id: 'push_other' }),
      state: 'failed',
      reason: 'another push',
      retry: true,
    },
    {
      what: 'answers with an old time',
      how: answering((body) => body, { at: -400_000 }),
      state: 'failed',
      reason: 'too old',
      retry: true,
    },
    {
      what: 'signs what is not JSON',
      how: answering(() => '<html>'),
      state: 'failed',
      reason: 'not one of a push',
      retry: true,
    },
    {
      what: 'signs JSON of another form',
      how: answering(() => '{"ok":true}'),
      state: 'failed',
      reason: 'not one of a push',
      retry: true,
    },
    {
      what: 'says why it did nothing',
      how: answering((body) =>
        JSON.stringify({ ...JSON.parse(body), ok: false, reason: 'The handler of topic flags threw.' }),
      ),
      state: 'failed',
      reason: 'topic flags threw',
      retry: true,
    },
    {
      what: 'changes the body after signing',
      how: ({ response, proper }) => {
        const { headers, body } = proper();
        response.writeHead(200, headers).end(body.replace('"ok":true', '"ok":true '));
      },
      state: 'failed',
      reason: 'wrong signature',
      retry: true,
    },
    {
      what: 'never answers',
      how: () => {},
      state: 'unreachable',
      reason: 'did not answer in time',
      retry: true,
    },
    {
      what: 'hangs up without an answer',
      how: ({ request }) => void request.socket.destroy(),
      state: 'unreachable',
      reason: 'without an answer',
      retry: true,
    },
    {
      what: 'closes in the middle of its body',
      how: ({ response, proper, request }) => {
        const { headers, body } = proper();
        response.writeHead(200, { ...headers, 'content-length': String(body.length) });
        response.write(body.slice(0, 20), () => request.socket.destroy());
      },
      state: 'failed',
      reason: 'in the middle of its answer',
      retry: true,
    },
    {
      what: 'drips its body',
      how: ({ response, proper, request }) => {
        const { headers, body } = proper();
        response.writeHead(200, headers);
        let at = 0;
        const drip = setInterval(() => response.write(body[at++] ?? ' '), 20);
        request.socket.on('close', () => clearInterval(drip));
      },
      state: 'failed',
      reason: 'did not finish in time',
      retry: true,
    },
    {
      what: 'drips its head',
      how: ({ request }) => {
        const { socket } = request;
        socket.write('HTTP/1.1 200 OK\r\n');
        const drip = setInterval(() => socket.write('x: y\r\n'), 20);
        socket.on('close', () => clearInterval(drip));
      },
      state: 'unreachable',
      reason: 'did not answer in time',
      retry: true,
    },
    {
      what: 'never ends its body',
      how: ({ response, request }) => {
        response.writeHead(200);
        const flood = setInterval(() => response.write('x'.repeat(50_000)), 1);
        request.socket.on('close', () => clearInterval(flood));
      },
      state: 'failed',
      reason: 'larger than any',
      retry: true,
    },
  ];

  it('A7 that answers in something other than UTF-8: failed', async () => {
    pod.misbehave(answering((body) => Buffer.from(body.replace('pod-', 'caf\u00e9-'), 'latin1')));
    const attempted = await attempt();
    expect(attempted).toMatchObject({ state: 'failed', retry: true });
    expect(attempted.reason).toContain('is not one of a push');
    expect(attempted.answer).toBeUndefined();
  });

  it.each(table)('that $what: $state', async ({ how, state, reason, retry, retryAfterMs }) => {
    pod.misbehave(how);
    const attempted = await attempt();
    expect(attempted.state).toBe(state);
    expect(attempted.reason).toContain(reason);
    expect(attempted.retry).toBe(retry);
    expect(attempted.retryAfterMs).toBe(retryAfterMs);
  });

  it('that speaks another protocol: unreachable', async () => {
    const greeter = createServer((socket) => socket.end('220 hello\r\n'));
    const port = await listening(greeter);
    const attempted = await attempt({ port });
    greeter.close();
    expect(attempted.state).toBe('unreachable');
  });

  it('that takes no connection: unreachable', async () => {
    // With TLS a connection counts from the handshake on, and this server never shakes hands.
    const silent = createServer(() => {});
    const port = await listening(silent);
    const secure = parseService(`https://127.0.0.1:${port}/siteapi/revalidate`);
    const attempted = await pushOnce({
      address: podAddress(secure, '127.0.0.1'),
      push,
      secrets: parseSecrets(secret),
      answers: createAnswerTrust(),
      turns: createTurns(),
      deadlineMs: 200,
    });
    silent.close();
    expect(attempted.state).toBe('unreachable');
    expect(attempted.reason).toContain('did not take the connection in time');
  });

  it('that refuses connections: unreachable', async () => {
    const attempted = await attempt({ port: await freePort() });
    expect(attempted).toMatchObject({ state: 'unreachable', retry: true });
    expect(attempted.reason).toContain('connection refused');
  });

  it('that has another secret: refused, with what to do', async () => {
    const attempted = await attempt({ secrets: newSecret() });
    expect(attempted).toMatchObject({ state: 'refused', retry: false });
    expect(attempted.reason).toContain('EVERYPOD_POD_SECRET');
  });

  it('holds to one deadline, however it is spent', async () => {
    pod.misbehave(() => {});
    const startedAt = performance.now();
    await attempt({ deadlineMs: 200 });
    const took = performance.now() - startedAt;
    expect(took).toBeGreaterThan(180);
    expect(took).toBeLessThan(1_000);
  });
});

describe('A9 an answer to a push', () => {
  const mirror: Misbehaviour = ({ request, response }) => {
    const signed = Object.entries(request.headers).filter(([name]) => name.startsWith('webhook-'));
    const headers = Object.fromEntries(signed) as Record<string, string>;
    response.writeHead(200, headers).end(JSON.stringify(push));
  };

  it.each([
    { who: 'a pod that is new here', before: false },
    { who: 'a pod that has answered before', before: true },
  ])('is not the push itself, come back in place of $who', async ({ before }) => {
    const answers = createAnswerTrust();
    if (before) expect((await attempt({ answers })).state).toBe('applied');
    pod.misbehave(mirror);
    expect(await attempt({ answers })).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('the push itself'),
    });
  });

  it('counts in the form of 0.1.0 until its address has given the present one', async () => {
    const answers = createAnswerTrust();
    pod.isFormer = true;
    expect((await attempt({ answers })).state).toBe('applied');
    pod.isFormer = false;
    expect((await attempt({ answers })).state).toBe('applied');
    pod.isFormer = true;
    expect(await attempt({ answers })).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('restart the bridge'),
    });
  });
});

function listening(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
    }),
  );
}

describe('A12 a push that a middleware of the app caught', () => {
  it.each([
    { what: 'a redirect to a locale', how: status(307, { location: '/en/siteapi/revalidate' }) },
    { what: 'a redirect to a login', how: status(302, { location: 'https://login.example.org/' }) },
    { what: 'no page under a locale', how: status(404) },
    { what: 'a method that a page does not take', how: status(405) },
    { what: 'a page', how: status(200, { 'content-type': 'text/html' }) },
  ])('says so, with the matcher to write: $what', async ({ how }) => {
    pod.misbehave(how);
    const { state, reason = '' } = await attempt();
    expect(['failed', 'refused']).toContain(state);
    expect(reason).toContain('middleware');
    // As it stands in a source file, and as Next.js reads it: the whole path.
    const written = /matcher: \['([^']+)'\]/.exec(reason)?.[1] ?? '';
    const matcher = new RegExp(`^${written.replaceAll('\\\\', '\\')}$`);
    const caught = [
      '/',
      '/en/hello',
      '/hello',
      '/siteapi/revalidate',
      '/siteapi/ready',
      '/_next/x',
      '/a.png',
    ];
    expect(caught.filter((path) => matcher.test(path))).toEqual(['/', '/en/hello', '/hello']);
  });
});
