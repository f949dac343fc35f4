import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  askDirected,
  createAnswerTrust,
  type Event,
  limits,
  newMessageId,
  newSecret,
  parseSecrets,
  type Report,
  relayAnswerSchema,
  reportSchema,
  sign,
  type Target,
} from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { afterThisTest, podSecret, type ServedPod, startCluster } from '../surroundings/pods.ts';

const [first, second, third] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];
const eventSecret = newSecret();

async function startPods(ips: readonly string[], environment: Record<string, string> = {}) {
  const cluster = await startCluster({
    EVERYPOD_SECRET: eventSecret,
    REVALIDATE_SECRET: '',
    ...environment,
  });
  const pods: ServedPod[] = [];
  for (const ip of ips) pods.push(await cluster.addPod(ip));
  cluster.list(...ips);
  const [primary] = pods;
  if (primary === undefined) throw new Error('There is no pod.');
  return { ...cluster, pods, primary, others: pods.slice(1) };
}

function eventOf(targets: readonly Target[]): Event {
  return {
    type: 'content.changed',
    timestamp: '2026-11-24T09:30:00Z',
    data: {
      site: 'https://cms.example.com',
      change: 'post.updated',
      subject: { kind: 'post', id: '42' },
      actor: null,
      targets: [...targets],
    },
  };
}

function signedBy(secret: string, message: unknown, id = newMessageId('event')) {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  const headers = { ...askDirected, ...sign(parseSecrets(secret), id, Date.now(), body) };
  return { id, body, init: { method: 'POST', headers, body } };
}

/** As the plugin does: the report counts only with the signature of an answer to this very event. */
async function send(
  { ip }: ServedPod,
  port: number,
  targets: readonly Target[],
  query = '',
): Promise<Report> {
  const { id, body: signed, init } = signedBy(eventSecret, eventOf(targets));
  const response = await fetch(`http://${ip}:${port}/siteapi/revalidate${query}`, init);
  const body = Buffer.from(await response.arrayBuffer());
  expect(response.status, String(body)).toBe(200);
  const asked = { peer: ip, secrets: parseSecrets(eventSecret), id, signed, nowMs: Date.now() };
  expect(createAnswerTrust().verify({ headers: response.headers, body }, asked)).toEqual({ trusted: true });
  return reportSchema.parse(JSON.parse(String(body)));
}

describe('B9 an event that comes to a pod', () => {
  it('is applied by every pod, and answered with a report whose lines say told', async () => {
    const { pods, primary, port } = await startPods([first, second, third]);
    const targets: Target[] = [
      { path: '/my-post/' },
      { tag: 'wp:post:42' },
      { path: '/blog/[slug]', scope: 'page' },
    ];
    const report = await send(primary, port, targets);
    expect(report).toMatchObject({
      state: 'accepted',
      final: true,
      seq: 0,
      targets,
      discovery: [{ addresses: 3 }],
      counts: { pods: 3, told: 3, applied: 0, settled: 0, failed: 0 },
      reason: 'Told 3 of 3 pods directly. Without a bridge nobody catches up, so this mode has no guarantee.',
    });
    expect(report.pods).toEqual(
      pods.map(({ ip, instance }) => ({
        ip,
        name: `pod-${ip}`,
        instance,
        state: 'told',
        ms: expect.any(Number),
        attempts: ip === first ? 0 : 1,
      })),
    );
    for (const { told } of pods) {
      expect(told).toEqual(
        expect.arrayContaining(['#wp:post:42', '/my-post', '/my-post/', '/blog/[slug] page']),
      );
    }
    expect(primary.log[0]).toBe(
      '[revalidate] primary pod=127.0.0.2 slug=my-post tag=wp:post:42 path=/blog/[slug]',
    );
  });

  it('has a line with the reason for each pod that was not told', async () => {
    const { primary, port, list } = await startPods([first, second]);
    list(first, second, third);
    const report = await send(primary, port, [{ path: '/my-post' }]);
    expect(report.counts).toMatchObject({ pods: 3, told: 2, unreachable: 1 });
    expect(report.pods.at(-1)).toMatchObject({ ip: third, name: third, instance: '', state: 'unreachable' });
    expect(report.reason).toMatch(/^Told 2 of 3 pods directly\..*keep their old pages\.$/);
  });

  const ways: [string, Record<string, string>, Target, string][] = [
    ['by a signed call', {}, { topic: 'flags' }, 'No handler is registered'],
    [
      'by the well-known call',
      { EVERYPOD_POD_SECRET: '', REVALIDATE_SECRET: 'plain-secret' },
      { path: `/${'é'.repeat(300)}` },
      'more than 1024 characters',
    ],
  ];
  it.each(ways)(
    'says on every line what the pod, told %s, has no way to do',
    async (_, settings, target, says) => {
      const { primary, port } = await startPods([first, second], settings);
      const { pods } = await send(primary, port, [target]);
      const line = { state: 'told', reason: expect.stringContaining(says) };
      expect(pods).toMatchObject([line, line]);
    },
  );

  it('says what a call without a signature can’t carry', async () => {
    const { primary, port, list, addPlain } = await startPods([first], { REVALIDATE_SECRET: 'plain-secret' });
    const slugs = await addPlain(second, 'plain-secret');
    list(first, second);
    const targets: Target[] = [{ path: '/a/' }, { path: '/b' }, { path: '/[slug]', scope: 'page' }];
    const report = await send(primary, port, targets);
    expect(slugs).toEqual(['a fanout=1', 'b fanout=1']);
    expect(report.pods[1]).toMatchObject({ state: 'told', attempts: 3 });
    expect(report.pods[1]?.reason).toContain('1 of 3 targets');
  });

  it('is told to nobody else where it says fanout, whatever that is', async () => {
    const { primary, others, port } = await startPods([first, second]);
    for (const fanout of ['?fanout=1', '?fanout=', '?fanout=0']) {
      const report = await send(primary, port, [{ path: '/my-post' }], fanout);
      expect(report.pods).toMatchObject([{ ip: first, state: 'told' }]);
    }
    expect(others[0]?.got).toEqual([]);
  });

  it('says that there is no way to the others where EVERYPOD_PODS is not set', async () => {
    const { primary, port } = await startPods([first], { EVERYPOD_PODS: '' });
    const report = await send(primary, port, [{ path: '/my-post' }]);
    expect(report.reason).toContain('EVERYPOD_PODS is not set');
    expect(report.counts.told).toBe(1);
  });

  it('is verified by a secret in a file, which is read again when it changes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'everypod-'));
    afterThisTest(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'secret');
    writeFileSync(file, newSecret());
    const { primary, port } = await startPods([first], { EVERYPOD_SECRET_FILE: file });
    const { init } = signedBy(eventSecret, eventOf([{ path: '/a' }]));
    expect((await primary.call('', init)).status).toBe(401);
    writeFileSync(file, eventSecret);
    expect((await send(primary, port, [{ path: '/a' }])).counts.told).toBe(1);
  });

  it('is known for one where the pods have the same secret as the senders', async () => {
    const { primary, others, port } = await startPods([first, second], { EVERYPOD_POD_SECRET: eventSecret });
    expect((await send(primary, port, [{ path: '/a' }])).counts.told).toBe(2);
    expect(others[0]?.got).toEqual(['POST /siteapi/revalidate?fanout=1']);
  });

  const event = eventOf([{ path: '/a' }]);
  it.each([
    ['signed by nobody', { body: JSON.stringify(event), init: { method: 'POST' } }, 401],
    ['signed with another secret', signedBy(newSecret(), event), 401],
    ['signed with the pods’ secret', signedBy(podSecret, event), 400],
    ['without targets', signedBy(eventSecret, eventOf([])), 400],
    ['that is a push', signedBy(eventSecret, { epoch: 'epoch-one', after: 0, upTo: 1, targets: [] }), 400],
    ['that is no JSON', signedBy(eventSecret, 'nonsense'), 400],
    ['that is too large', signedBy(eventSecret, `{${' '.repeat(limits.eventBodyBytes)}}`), 413],
  ])('%s is not taken', async (_, { body, init }, status) => {
    const { primary } = await startPods([first]);
    expect((await primary.call('', { ...init, body })).status).toBe(status);
    expect([primary.told, primary.got.length]).toEqual([[], 1]);
  });
});

describe('B9 what a pod relays', () => {
  it.each([
    ['is answered with who the pod is', podSecret, { targets: [{ path: '/a' }] }, 200],
    ['is not taken with a secret of nobody', newSecret(), { targets: [{ path: '/a' }] }, 401],
    ['is not taken where it is none', podSecret, { targets: [] }, 400],
    ['is not taken from a sender of events', eventSecret, { targets: [{ path: '/a' }] }, 400],
  ])('%s', async (_, secret, message, status) => {
    const { primary, others } = await startPods([first, second]);
    const answer = await primary.call('?fanout=1', signedBy(secret, message).init);
    expect(answer.status).toBe(status);
    expect(primary.told.length > 0).toBe(status === 200);
    if (status === 200) {
      const { instance } = primary;
      expect(relayAnswerSchema.parse(answer.body)).toMatchObject({ ok: true, pod: { ip: first, instance } });
    }
    expect(others[0]?.got).toEqual([]);
  });
});
