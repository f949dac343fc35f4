import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { rcodes } from '../../../fan-out/tests/dns-server.ts';
import { afterThisTest, headless, type ServedPod, shared, startCluster } from '../surroundings/pods.ts';

const right = `?secret=${shared}`;
const [first, second, third] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];
const spelled = ['/my-post', '/my-post/'];

/** The first of them is the one that gets the calls. */
async function startPods(ips: readonly string[], environment: Record<string, string> = {}) {
  const cluster = await startCluster(environment);
  const pods: ServedPod[] = [];
  for (const ip of ips) pods.push(await cluster.addPod(ip));
  cluster.list(...ips);
  const [primary] = pods;
  if (primary === undefined) throw new Error('There is no pod.');
  return { ...cluster, pods, primary, others: pods.slice(1) };
}

describe('B9 the well-known call', () => {
  const long = 'a'.repeat(1_025);
  it.each([
    ['no secret', '?slug=my-post', 401],
    ['an empty secret', '?secret=&slug=my-post', 401],
    ['a wrong secret', '?secret=another&slug=my-post', 401],
    ['a secret that is the beginning of the right one', `?secret=${shared.slice(0, -1)}&slug=a`, 401],
    ['two secrets', `${right}&secret=${shared}&slug=my-post`, 400],
    ['no target', right, 400],
    ['an empty slug', `${right}&slug=`, 400],
    ['a slug and a tag', `${right}&slug=my-post&tag=a`, 400],
    ['a repeated slug', `${right}&slug=my-post&slug=my-post`, 400],
    ['a repeated fanout', `${right}&slug=my-post&fanout=1&fanout=1`, 400],
    ['a slug with ..', `${right}&slug=a/../b`, 400],
    ['a slug with .. escaped once', `${right}&slug=a/%2e%2e/b`, 400],
    ['a slug with %2e', `${right}&slug=a%2Eb`, 400],
    ['a slug with %2e escaped twice', `${right}&slug=a/%252e%252e/b`, 400],
    ['a slug with //', `${right}&slug=a//b`, 400],
    ['a slug with // escaped', `${right}&slug=a%2F%2Fb`, 400],
    ['a slug with ?', `${right}&slug=a?b`, 400],
    ['a slug with ? escaped', `${right}&slug=a%3Fb`, 400],
    ['a slug with NUL', `${right}&slug=a%00b`, 400],
    ['a slug with a line break', `${right}&slug=a%0A[revalidate]`, 400],
    ['a slug with a backslash', `${right}&slug=a%5Cb`, 400],
    ['a slug that is not UTF-8', `${right}&slug=%ff`, 400],
    ['a slug over 1,024 characters', `${right}&slug=${long}`, 400],
    ['a slug with its first slash', `${right}&slug=/my-post`, 400],
    ['a path without its first slash', `${right}&path=my-post`, 400],
    ['a path that is a full URL', `${right}&path=https://www.example.com/a`, 400],
    ['a path with ..', `${right}&path=/a/..`, 400],
    ['a path over 1,024 characters', `${right}&path=/${long}`, 400],
    ['a tag with NUL', `${right}&tag=a%00`, 400],
    ['a tag over 1,024 characters', `${right}&tag=${long}`, 400],
    ['a tag over the 256 that Next.js takes', `${right}&tag=${'a'.repeat(257)}`, 400],
    ['a slug', `${right}&slug=my-post&fanout=1`, 200],
    ['a path', `${right}&path=/my-post/&fanout=1`, 200],
    ['a tag', `${right}&tag=posts&fanout=1`, 200],
    ['a parameter that nobody knows', `${right}&slug=my-post&fanout=1&later=1`, 200],
    ['another order', `?fanout=1&slug=my-post&secret=${shared}`, 200],
  ])('with %s', async (_, query, status) => {
    const { primary } = await startPods([first]);
    const answer = await primary.call(query);
    expect(answer.status).toBe(status);
    expect(primary.told.length > 0).toBe(status === 200);
    if (status === 200) expect(answer.body).toMatchObject({ ok: true, pod: first, fanout: true });
    else expect(answer.body.detail).toMatch(/^[A-Z].*\.$/);
    expect(JSON.stringify([answer.body, primary.log])).not.toContain(shared.slice(0, -1));
  });

  it.each([
    ['HEAD', 405],
    ['PUT', 405],
    ['DELETE', 405],
  ])('by %s gets %i and the methods that are taken', async (method, status) => {
    const { primary, port } = await startPods([first]);
    const url = `http://${first}:${port}/siteapi/revalidate${right}&slug=my-post`;
    const response = await fetch(url, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([status, 'GET, POST']);
    expect(primary.told).toEqual([]);
  });

  it('is not taken where no secret for it is set, whatever comes along', async () => {
    const { primary } = await startPods([first], { REVALIDATE_SECRET: '' });
    for (const query of ['', '?secret=', '?secret=undefined&slug=a', `${right}&slug=a`]) {
      expect((await primary.call(query)).status).toBe(404);
    }
  });

  it('reads its secret from a file anew, and keeps the last good one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'everypod-'));
    afterThisTest(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'revalidate-secret');
    writeFileSync(file, 'one-secret\n');
    const { primary } = await startPods([first], { REVALIDATE_SECRET_FILE: file });
    const statusOf = async (secret: string) =>
      (await primary.call(`?secret=${secret}&slug=a&fanout=1`)).status;
    expect([await statusOf('one-secret'), await statusOf(shared)]).toEqual([200, 401]);
    writeFileSync(file, 'another-secret\n');
    expect([await statusOf('one-secret'), await statusOf('another-secret')]).toEqual([401, 200]);
    writeFileSync(file, '\n');
    expect([await statusOf(''), await statusOf('another-secret')]).toEqual([401, 200]);
    rmSync(file);
    expect([await statusOf('one-secret'), await statusOf('another-secret')]).toEqual([401, 200]);
    expect(primary.log.join()).not.toMatch(/one-secret|another-secret/);
  });

  it('takes no call while its file has never been there', async () => {
    const { primary } = await startPods([first], { REVALIDATE_SECRET_FILE: '/nowhere/revalidate-secret' });
    expect((await primary.call(`${right}&slug=a`)).status).toBe(401);
    expect(primary.log.join()).toContain('REVALIDATE_SECRET_FILE');
  });
});

describe('B9 the primary', () => {
  it('invalidates itself and every other pod, and waits for their lines', async () => {
    const { primary, others } = await startPods([first, second, third]);
    const { status, body } = await primary.call(`${right}&slug=my-post`);
    expect(status).toBe(200);
    const told = { state: 'told', ms: expect.any(Number) };
    expect(body).toMatchObject({ ok: true, pod: first, fanout: false });
    expect(body.pods).toEqual([
      { ip: first, name: `pod-${first}`, ...told },
      { ip: second, name: `pod-${second}`, status: 200, ...told },
      { ip: third, name: `pod-${third}`, status: 200, ...told },
    ]);
    for (const pod of [primary, ...others]) expect(pod.told.toSorted()).toEqual(spelled);
    for (const pod of others) expect(pod.got).toEqual(['POST /siteapi/revalidate?fanout=1']);
    expect(primary.got).toHaveLength(1);
  });

  it.each(['&fanout=1', '&fanout=0', '&fanout=false', '&fanout=', '&fanout'])(
    'is nobody for a call with %s',
    async (fanout) => {
      const { primary, others, dns } = await startPods([first, second]);
      const { body } = await primary.call(`${right}&slug=my-post${fanout}`);
      expect(body).toMatchObject({ ok: true, pod: first, fanout: true });
      expect(body).not.toHaveProperty('pods');
      expect([primary.told.toSorted(), others[0]?.told, dns.questions]).toEqual([spelled, [], []]);
    },
  );

  it('answers at once with wait=0, and goes on', async () => {
    const { primary, others } = await startPods([first, second]);
    const { body } = await primary.call(`${right}&slug=my-post&wait=0`);
    expect(body).toMatchObject({ ok: true, pod: first, fanout: false });
    expect(body).not.toHaveProperty('pods');
    await vi.waitFor(() => expect(others[0]?.told.toSorted()).toEqual(spelled));
  });

  it('calls as the write-up does where only its secret is set', async () => {
    const { primary, others } = await startPods([first, second], { EVERYPOD_POD_SECRET: '' });
    const { body } = await primary.call(`${right}&tag=posts`);
    expect(body).toMatchObject({ ok: true, pods: [{ ip: first }, { ip: second, name: `pod-${second}` }] });
    expect(others[0]?.got).toEqual(['GET /siteapi/revalidate?secret=…&tag=posts&fanout=1']);
    expect(others[0]?.told).toEqual(['#posts']);
  });

  it("calls a pod that has only the write-up's route by that", async () => {
    const { primary, list, addPlain } = await startPods([first]);
    const slugs = await addPlain(second);
    list(first, second);
    const { body } = await primary.call(`${right}&path=/blog/my-post/`);
    expect(body).toMatchObject({ ok: true, pods: [{ ip: first }, { ip: second, state: 'told' }] });
    expect(slugs).toEqual(['blog/my-post fanout=1']);
  });

  it('finds the pods of two Services', async () => {
    const other = 'other-headless.myapp.svc.cluster.local';
    const { primary, others, list, dns, port } = await startPods([first, second]);
    const both = [headless, other].map((name) => `http://${name}:${port}/siteapi/revalidate`);
    primary.settings.EVERYPOD_PODS = both.join(', ');
    list(first);
    dns.set(other, [second, first]);
    const { body } = await primary.call(`${right}&slug=my-post`);
    expect(body).toMatchObject({ ok: true, pods: [{ ip: first }, { ip: second }] });
    expect([primary.got.length, others[0]?.got.length]).toEqual([1, 1]);
  });

  it.each([
    ['is missing', ''],
    ['is no address', 'nextjs-a'],
    ['is of no machine here', '192.0.2.77'],
  ])('calls every pod once and has one line of each where POD_IP %s', async (_, ip) => {
    const { primary, others } = await startPods([first, second, third]);
    primary.settings.POD_IP = ip;
    const { body } = await primary.call(`${right}&slug=my-post`);
    expect(body).toMatchObject({ ok: true });
    expect(body.pods).toHaveLength(3);
    for (const pod of others) expect([pod.told.toSorted(), pod.got.length]).toEqual([spelled, 1]);
  });

  it('knows itself by IPv6, however its address is spelled', async () => {
    const { primary, others } = await startPods(['::1', second], {});
    primary.settings.POD_IP = '0:0:0:0:0:0:0:1';
    const { body } = await primary.call(`${right}&slug=my-post`);
    expect(body).toMatchObject({ ok: true, pods: [{}, { ip: second, state: 'told' }] });
    expect([primary.got.length, others[0]?.got.length]).toEqual([1, 1]);
  });

  it('has one line for a pod that has an address of each family', async () => {
    const { primary, list, listen, addPod, port } = await startPods([first]);
    const pod = await addPod(second);
    await listen('::1', async (request, response) => {
      const body: Buffer[] = [];
      for await (const chunk of request) body.push(chunk);
      const headers = Object.entries(request.headers).filter(([name]) => /^(webhook|everypod)-/.test(name));
      const answer = await fetch(`http://${second}:${port}${request.url}`, {
        method: 'POST',
        headers: Object.fromEntries(headers) as Record<string, string>,
        body: Buffer.concat(body),
      });
      const signed = [...answer.headers].filter(([name]) => name.startsWith('webhook-'));
      response.writeHead(answer.status, Object.fromEntries(signed)).end(await answer.text());
    });
    list(first, second, '::1');
    const { body } = await primary.call(`${right}&slug=my-post`);
    expect(body).toMatchObject({ ok: true, pods: [{ ip: first }, { name: `pod-${second}`, state: 'told' }] });
    expect(body.pods).toHaveLength(2);
    expect(pod.got).toHaveLength(2);
  });
});

describe('B9 a pod that is not reached', () => {
  it('has a line that says so, and the answer is not ok', async () => {
    const { primary, others, list } = await startPods([first, second]);
    list(first, second, third);
    const { status, body } = await primary.call(`${right}&slug=my-post`);
    expect([status, body.ok]).toEqual([200, false]);
    expect(body.reason).toContain(third);
    expect(body.pods).toMatchObject([{ state: 'told' }, { state: 'told' }, { state: 'unreachable' }]);
    expect(others[0]?.told.toSorted()).toEqual(spelled);
  });

  it('is gone where it has left DNS by then, and stands in nobody’s way', async () => {
    const { primary, list, listen, dns } = await startPods([first]);
    await listen(second, (request) => {
      dns.set(headless, [first]);
      request.socket.destroy();
    });
    list(first, second);
    const { body } = await primary.call(`${right}&slug=my-post`);
    expect(body).toMatchObject({ ok: true, pods: [{ state: 'told' }, { ip: second, state: 'gone' }] });
  });

  it('that hangs costs five seconds, and no other pod anything', async () => {
    const { primary, others, list, listen } = await startPods([first, second]);
    await listen(third, () => undefined);
    list(third, first, second);
    const start = performance.now();
    const { body } = await primary.call(`${right}&slug=my-post`);
    expect(performance.now() - start).toBeLessThan(7_500);
    expect(body.ok).toBe(false);
    expect(body.pods).toMatchObject([
      { ip: first, state: 'told' },
      { ip: third, state: 'unreachable', reason: 'It did not answer within 5 s.' },
      { ip: second, state: 'told' },
    ]);
    expect(others[0]?.told.toSorted()).toEqual(spelled);
  });

  it.each([
    ['401', 401, 'refused', 'same secrets'],
    ['404', 404, 'refused', 'EVERYPOD_PODS'],
    ['500', 500, 'failed', 'log'],
    ['a redirect', 308, 'failed', 'redirect'],
    ['200 without a signature', 200, 'failed', 'does not count'],
  ])('because it answers %s', async (_, status, state, reason) => {
    const { primary, list, listen } = await startPods([first]);
    await listen(second, (_request, response) => response.writeHead(status, { location: '/x' }).end());
    list(first, second);
    const { body } = await primary.call(`${right}&slug=my-post`);
    expect(body).toMatchObject({ ok: false, pods: [{}, { state, reason: expect.stringContaining(reason) }] });
  });

  const settings: [string, Record<string, string>, string][] = [
    ['has no EVERYPOD_PODS', { EVERYPOD_PODS: '' }, 'EVERYPOD_PODS is not set'],
    ['has one that is no URL', { EVERYPOD_PODS: 'nextjs-headless' }, 'is not a URL'],
    ['has a range that is none', { EVERYPOD_POD_CIDRS: '127.0.0.0' }, 'CIDR'],
    ['has a DNS server that is none', { EVERYPOD_DNS: 'dns.example' }, 'EVERYPOD_DNS'],
    ['allows other ranges', { EVERYPOD_POD_CIDRS: '10.0.0.0/8' }, 'outside the allowed'],
    ['has the default ranges', { EVERYPOD_POD_CIDRS: '' }, 'outside the allowed'],
  ];
  it.each(settings)('because the primary %s: it says so and calls nobody', async (_, setting, reason) => {
    const { primary, others } = await startPods([first, second]);
    Object.assign(primary.settings, setting);
    const { status, body } = await primary.call(`${right}&slug=my-post`);
    expect([status, body.ok]).toEqual([200, false]);
    expect(body.reason).toContain(reason);
    expect([primary.told.toSorted(), others[0]?.got]).toEqual([spelled, []]);
  });

  it.each([
    ['no such name', null],
    ['a failure', rcodes.SERVFAIL],
  ])('because DNS says %s', async (_, rcode) => {
    const { primary, list, dns } = await startPods([first, second]);
    list();
    dns.fail(rcode);
    const { status, body } = await primary.call(`${right}&slug=my-post`);
    expect([status, body.ok]).toEqual([200, false]);
    expect(body.reason).toContain('DNS');
    expect(primary.told.toSorted()).toEqual(spelled);
  });

  it('is told at the last good address where DNS fails only later', async () => {
    const { primary, others, dns } = await startPods([first, second]);
    await primary.call(`${right}&slug=my-post`);
    dns.fail(rcodes.SERVFAIL);
    const { body } = await primary.call(`${right}&slug=my-post`);
    expect(body).toMatchObject({ ok: false, pods: [{ ip: first }, { ip: second, state: 'told' }] });
    expect(others[0]?.got).toHaveLength(2);
  });
});

describe('B9 the log', () => {
  it('has the lines of the write-up, word for word', async () => {
    const { primary, others } = await startPods([first, second]);
    await primary.call(`${right}&slug=my-post`);
    expect(primary.log).toEqual([
      '[revalidate] primary pod=127.0.0.2 slug=my-post',
      '[revalidate] fan-out from 127.0.0.2 to [127.0.0.3]',
      '[revalidate] fan-out to 127.0.0.3 → 200',
    ]);
    expect(others[0]?.log).toEqual(['[revalidate] fanout pod=127.0.0.3 slug=my-post']);
    await others[0]?.call(`${right}&slug=my-post&fanout=1`);
    expect(others[0]?.log.at(-1)).toBe('[revalidate] fanout pod=127.0.0.3 slug=my-post');
    expect(primary.fields).toEqual([
      { pod: first, slug: 'my-post' },
      { pod: first, to: [second] },
      { pod: first, to: second, status: 200, ms: expect.any(Number) },
    ]);
  });

  it('says of a pod that is not reached how it went', async () => {
    const { primary, list } = await startPods([first]);
    list(first, second);
    await primary.call(`${right}&slug=my-post`);
    expect(primary.log.at(-1)).toBe('[revalidate] fan-out to 127.0.0.3 → unreachable');
  });

  it('cannot be written into', async () => {
    const { primary } = await startPods([first]);
    await primary.call(`${right}&slug=a%E2%80%A8b%20pod=1&fanout=1`);
    expect(primary.log).toEqual(['[revalidate] fanout pod=127.0.0.2 slug=a\uFFFDb\uFFFDpod=1']);
  });
});
