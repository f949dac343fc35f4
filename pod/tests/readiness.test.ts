import { newSecret } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startBridge } from './surroundings/bridge.ts';
import { epoch, podSecret, signedQuestion, startPod } from './surroundings/pod.ts';

const builtAt = '2026-01-02T03:04:05.000Z';
const build = () => ({ builtAt, basePath: '' });
let bridge: Awaited<ReturnType<typeof startBridge>>;

beforeEach(async () => {
  bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 3, everything: true }));
});
afterEach(() => bridge.stop());

const podOfBridge = (settings = {}, options = {}) =>
  startPod({ EVERYPOD_BRIDGE_URL: bridge.url, ...settings }, { build, ...options });

describe('the readiness probe of a pod', () => {
  it('asks the bridge from the build on, applies the answer, and is then ready', async () => {
    const pod = podOfBridge();
    const answer = await pod.probe();
    const who = { ip: '10.0.0.7', name: 'nextjs-a', instance: pod.state.instance };
    expect(bridge.questions).toEqual([{ pod: who, cursor: null, settled: null, builtAt }]);
    expect(pod.told).toEqual(['/ layout']);
    expect(answer).toMatchObject({ status: 200, ready: true, cursor: { epoch, seq: 3 }, settled: null });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('asks at every probe, from the cursor, and applies what was missed', async () => {
    const pod = podOfBridge();
    await pod.probe();
    bridge.answers(({ answer }) => answer({ epoch, upTo: 4, targets: [{ tag: 'missed' }] }));
    expect(await pod.probe()).toMatchObject({ status: 200, cursor: { epoch, seq: 4 } });
    expect(bridge.questions[1]?.cursor).toEqual({ epoch, seq: 3 });
    expect(pod.told.at(-1)).toBe('#missed');
  });

  it('tells what waits to settle, and when everything would be invalidated for want of a bridge', async () => {
    const pod = podOfBridge();
    const first = await pod.probe();
    expect(first.settling).toEqual({ waiting: 1, nextInMs: 10_000 });
    expect(first.lease).toEqual({ heardAgoMs: 0, everythingInMs: 60_000 });
    bridge.answers(({ answer }) => answer({ epoch, upTo: 3, targets: [] }));
    pod.clock.nowMs += 10_000;
    const later = await pod.probe();
    expect(later).toMatchObject({ settled: { seq: 3 }, settling: { waiting: 0, nextInMs: null } });
  });

  it('is answered to HEAD as to GET', async () => {
    const response = await podOfBridge().ready(new Request('http://pod/siteapi/ready', { method: 'HEAD' }));
    expect(response.status).toBe(200);
  });

  it('is refused with any other method', async () => {
    expect((await podOfBridge().probe('POST')).status).toBe(405);
  });

  it('stays ready when the bridge goes away, and says so', async () => {
    const pod = podOfBridge();
    await pod.probe();
    await bridge.stop();
    const answer = await pod.probe();
    expect(answer).toMatchObject({ status: 200, ready: true });
    expect(answer.note).toContain('EVERYPOD_BRIDGE_URL');
  });

  it('is ready at once without a bridge, and says that nobody can be asked', async () => {
    const answer = await startPod().probe();
    expect(answer).toMatchObject({ status: 200, ready: true });
    expect(answer.note).toContain('bridge-less');
  });
});

describe('a pod that has not caught up is not ready', () => {
  const key = newSecret();
  const troubles = {
    'while the bridge refuses the secret': {
      settings: { EVERYPOD_POD_SECRET: key },
      says: 'refuses this pod',
    },
    'while it has no secret': { settings: { EVERYPOD_POD_SECRET: '' }, says: 'EVERYPOD_POD_SECRET' },
    'while its secret is malformed': { settings: { EVERYPOD_POD_SECRET: 'abc' }, says: 'whsec_' },
    'while the address of the bridge is none': {
      settings: { EVERYPOD_BRIDGE_URL: 'bridge:8080' },
      says: 'EVERYPOD_BRIDGE_URL',
    },
    'while nothing listens there': {
      settings: { EVERYPOD_BRIDGE_URL: 'http://127.0.0.1:9' },
      says: 'could not be reached',
    },
  };
  it.each(Object.entries(troubles))('%s', async (_, { settings, says }) => {
    const pod = podOfBridge(settings);
    // Whoever asks may not be known to hold the secret here, so the log has to say it.
    expect(await pod.kubeletProbe()).toEqual({ status: 503, body: { ready: false } });
    expect(pod.log.join()).toContain(says);
    expect(pod.state.cursor).toBeNull();
    expect(pod.told).toEqual([]);
  });

  const answers: Record<string, Parameters<typeof bridge.answers>[0]> = {
    'is not signed': ({ response }) => response.end(JSON.stringify({ epoch, upTo: 1, targets: [] })),
    'answers another request': ({ answer }) => answer({ epoch, upTo: 1, targets: [] }, 'catchup_another'),
    'is a redirect': ({ response }) => response.writeHead(307, { location: bridge.url }).end(),
    'is an error': ({ response }) => response.writeHead(500).end('no'),
    'breaks off': ({ response }) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      response.socket?.end();
    },
  };
  it.each(Object.entries(answers))('while the answer of the bridge %s', async (_, answering) => {
    const pod = podOfBridge();
    bridge.answers(answering);
    const answer = await pod.probe();
    expect(answer).toMatchObject({ status: 503, ready: false });
    expect(answer.reason).toMatch(/bridge/);
    expect(pod.told).toEqual([]);
  });

  it.each([
    ['is not UTF-8', Buffer.from([0xe9])],
    ['has half a character', Buffer.from('\\ud83d')],
  ])('A7 while the answer of the bridge %s', async (_, broken) => {
    const pod = podOfBridge();
    const [before, after] = JSON.stringify({ epoch, upTo: 1, targets: [{ path: '/caf#' }] }).split('#');
    const raw = Buffer.concat([Buffer.from(before ?? ''), broken, Buffer.from(after ?? '')]);
    bridge.answers(({ answer }) => answer(raw));
    expect(await pod.probe()).toMatchObject({ status: 503, ready: false, cursor: null });
    expect(pod.told).toEqual([]);
  });

  it('while only a push of everything has reached it', async () => {
    const pod = podOfBridge();
    bridge.answers(({ response }) => response.writeHead(500).end());
    await pod.push({ upTo: 1, everything: true });
    expect((await pod.probe()).status).toBe(503);
  });

  it('while a topic could not be brought up to date, and asks again', async () => {
    const pod = podOfBridge();
    const flags = { broken: true };
    pod.state.topics.set(
      'flags',
      new Set([() => (flags.broken ? Promise.reject(new Error('no flags')) : undefined)]),
    );
    expect(await pod.probe()).toMatchObject({ status: 503, cursor: null });
    flags.broken = false;
    expect(await pod.probe()).toMatchObject({ status: 200, cursor: { epoch, seq: 3 } });
  });
});

describe('what the pod has no way to apply', () => {
  const routes = () => ({ app: { '/page': '/' }, pages: ['/old'] });
  const unserved = { path: '/old' };
  const unheard = { topic: 'nobody' };

  it('is said by the probe that caught up with it, and by those after it', async () => {
    const pod = podOfBridge({}, { routes });
    bridge.answers(({ answer }) => answer({ epoch, upTo: 3, targets: [unserved, unheard] }));
    for (const _ of [1, 2]) {
      const { status, note } = await pod.probe();
      expect(status).toBe(200);
      expect(note).toMatch(/Pages Router.*topic nobody/);
    }
  });

  it('is logged once for each reason, however often it is met', async () => {
    const pod = podOfBridge({}, { routes });
    for (const upTo of [3, 4, 5]) {
      bridge.answers(({ answer }) => answer({ epoch, upTo, targets: [unserved, unheard] }));
      await pod.probe();
      pod.clock.nowMs += 10_000;
    }
    await pod.push({ after: 5, upTo: 6, targets: [unheard] });
    expect(pod.log.filter((line) => line.includes('topic nobody'))).toHaveLength(1);
    expect(pod.log.filter((line) => line.includes('(/old)'))).toHaveLength(1);
  });

  it('is said after the start limit, too', async () => {
    await bridge.stop();
    const pod = podOfBridge({ EVERYPOD_START_LIMIT_SECONDS: '0' }, { routes });
    expect((await pod.probe()).note).toContain('Pages Router');
    expect(pod.log.join()).toContain('Pages Router');
  });

  it('fills no more of an answer than its newest reasons', async () => {
    const pod = podOfBridge();
    const targets = Array.from({ length: 500 }, (_, index) => ({ topic: `nobody-${index}` }));
    bridge.answers(({ answer }) => answer({ epoch, upTo: 3, targets }));
    const { note } = await pod.probe();
    expect(note.match(/nobody-/g)).toHaveLength(10);
    expect(note).toContain('nobody-499');
  });
});

describe('a bridge that does not answer', () => {
  it('keeps no probe longer than 500 ms, and its late answer is applied in the background', async () => {
    const background: (() => Promise<void>)[] = [];
    const pod = podOfBridge({}, { background: (work: () => Promise<void>) => background.push(work) });
    const held = Promise.withResolvers<void>();
    bridge.answers(async ({ answer }) => {
      await held.promise;
      answer({ epoch, upTo: 4, targets: [{ tag: 'late' }] });
    });
    const start = performance.now();
    expect(await pod.probe()).toMatchObject({ status: 503, ready: false });
    expect(performance.now() - start).toBeLessThan(500);
    expect(background).toHaveLength(1);

    held.resolve();
    await background[0]?.();
    expect(pod.told).toEqual(['#late']);
    bridge.answers(({ answer }) => answer({ epoch, upTo: 4, targets: [] }));
    expect((await pod.probe()).status).toBe(200);
  });

  it('is asked by one probe at a time', async () => {
    const pod = podOfBridge();
    const held = Promise.withResolvers<void>();
    bridge.answers(async ({ answer }) => {
      await held.promise;
      answer({ epoch, upTo: 4, targets: [] });
    });
    const probes = [pod.probe(), pod.probe(), pod.probe()];
    await vi.waitFor(() => expect(bridge.questions).toHaveLength(1));
    held.resolve();
    expect((await Promise.all(probes)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(bridge.questions).toHaveLength(1);
  });

  it('is asked anew by the next probe, which does not wait for what hangs, and both answers are taken', async () => {
    const background: (() => Promise<void>)[] = [];
    const pod = podOfBridge({}, { background: (work: () => Promise<void>) => background.push(work) });
    const held = Promise.withResolvers<void>();
    bridge.answers(async ({ answer }) => {
      await held.promise;
      answer({ epoch, upTo: 4, targets: [{ tag: 'old' }] });
    });
    await pod.probe();
    bridge.answers(({ answer }) => answer({ epoch, upTo: 5, targets: [{ tag: 'new' }] }));
    pod.clock.nowMs += 1_000;
    expect(await pod.probe()).toMatchObject({ status: 200, cursor: { epoch, seq: 5 } });
    held.resolve();
    await background[0]?.();
    expect(pod.told).toEqual(['#new', '#old']);
    expect(pod.state.cursor).toEqual({ epoch, seq: 5 });
  });

  it('at the start: after the start limit the pod invalidates everything, becomes ready, and says so', async () => {
    await bridge.stop();
    const pod = podOfBridge({ EVERYPOD_START_LIMIT_SECONDS: '20' });
    pod.clock.nowMs += 19_999;
    expect((await pod.probe()).status).toBe(503);
    expect(pod.told).toEqual([]);
    pod.clock.nowMs += 1;
    const answer = await pod.probe();
    expect(answer).toMatchObject({ status: 200, ready: true, cursor: null, readyBy: 'start limit' });
    expect(pod.told).toEqual(['/ layout']);
    expect(pod.log.join()).toContain('invalidated everything and became ready');
  });

  it('at the start: topics are loaded anew before the pod is ready, for as long as they may take', async () => {
    await bridge.stop();
    const pod = podOfBridge({ EVERYPOD_START_LIMIT_SECONDS: '20' });
    const loaded = Promise.withResolvers<void>();
    pod.state.topics.set('flags', new Set([() => loaded.promise]));
    pod.clock.nowMs += 20_000;
    expect((await pod.probe()).status).toBe(503);
    loaded.resolve();
    expect(await pod.probe()).toMatchObject({ status: 200, readyBy: 'start limit' });
    expect(pod.told).toEqual(['/ layout']);
  });

  it('at the start: the next bridge is told that there was none', async () => {
    bridge.answers(({ response }) => response.writeHead(500).end());
    const pod = podOfBridge({ EVERYPOD_START_LIMIT_SECONDS: '20' });
    pod.clock.nowMs += 20_000;
    await pod.probe();
    bridge.answers(({ answer }) => answer({ epoch, upTo: 1, targets: [] }));
    await pod.probe();
    expect(bridge.questions.map(({ withoutBridge }) => withoutBridge)).toEqual([undefined, 'start limit']);
  });

  it('is mentioned in the log once, and once more when it is back', async () => {
    const pod = podOfBridge();
    bridge.answers(({ response }) => response.writeHead(500).end());
    await pod.probe();
    await pod.probe();
    expect(pod.log).toHaveLength(1);
    bridge.answers(({ answer }) => answer({ epoch, upTo: 1, targets: [] }));
    await pod.probe();
    expect(pod.log).toHaveLength(2);
  });
});

describe('A3 anyone may probe a pod', () => {
  const path = '/siteapi/ready';
  const strangers: Record<string, { headers?: Record<string, string>; asked?: string; method?: string }> = {
    'without a signature': {},
    'with HEAD': { headers: signedQuestion(path), method: 'HEAD' },
    'with another secret': { headers: signedQuestion(path, { secret: newSecret() }) },
    'with a signature for another route': { headers: signedQuestion('/siteapi/revalidate') },
    'with a signature for another query': { headers: signedQuestion(path), asked: `${path}?x=1` },
    'with a signature that is too old': { headers: signedQuestion(path, { nowMs: Date.now() - 301_000 }) },
    'with a signature of a body': { headers: signedQuestion('') },
  };
  it.each(Object.entries(strangers))('and is told ready or not, no more: %s', async (_, stranger) => {
    const { headers = {}, asked = path, method = 'GET' } = stranger;
    const pod = podOfBridge();
    const ask = async () => {
      const response = await pod.ready(new Request(`http://pod${asked}`, { method, headers }));
      return [response.status, await response.text()];
    };
    bridge.answers(({ response }) => response.writeHead(500).end());
    expect(await ask()).toEqual([503, '{"ready":false}']);
    bridge.answers(({ answer }) => answer({ epoch, upTo: 3, targets: [{ topic: 'nobody' }] }));
    pod.clock.nowMs += 1_000;
    expect(await ask()).toEqual([200, '{"ready":true}']);
  });

  it('without making it ask: what it asked within the last 0.9 s counts', async () => {
    const pod = podOfBridge();
    for (let visit = 0; visit < 300; visit += 1) {
      expect(await pod.kubeletProbe()).toEqual({ status: 200, body: { ready: true } });
      pod.clock.nowMs += 10;
    }
    // Three seconds have gone by: at 0, 0.9, 1.8 and 2.7 s.
    expect(bridge.questions).toHaveLength(4);
    expect(pod.told).toEqual(['/ layout', '/ layout', '/ layout', '/ layout']);
  });

  it('and a question that was not answered is not asked again at once, either', async () => {
    const pod = podOfBridge();
    bridge.answers(({ response }) => response.writeHead(503).end());
    for (let visit = 0; visit < 20; visit += 1) await pod.kubeletProbe();
    expect(bridge.questions).toHaveLength(1);
    bridge.answers(({ answer }) => answer({ epoch, upTo: 3, targets: [] }));
    pod.clock.nowMs += 900;
    expect((await pod.kubeletProbe()).status).toBe(200);
  });

  it('but kubelet, even at its shortest period, always asks', async () => {
    const pod = podOfBridge();
    for (let probe = 0; probe < 5; probe += 1) {
      await pod.kubeletProbe();
      pod.clock.nowMs += 1_000;
    }
    expect(bridge.questions).toHaveLength(5);
  });

  it('and whoever has the secret is told of a bridge that was asked just then', async () => {
    const pod = podOfBridge();
    await pod.kubeletProbe();
    expect(await pod.probe()).toMatchObject({ ready: true, cursor: { epoch, seq: 3 }, readyBy: 'catch-up' });
    expect(bridge.questions).toHaveLength(2);
  });

  it.each(['/docs/siteapi/ready/', '/siteapi/ready/'])(
    'and a framework that takes the basePath off does not hide what was signed: %s',
    async (signed) => {
      const pod = startPod({}, { build: () => ({ builtAt, basePath: '/docs' }) });
      const request = new Request('http://pod/siteapi/ready/', { headers: signedQuestion(signed) });
      expect(await (await pod.ready(request)).json()).toMatchObject({ pod: { name: 'nextjs-a' } });
    },
  );

  it('and what an earlier probe had to keep is applied, though nobody is asked', async () => {
    const background: (() => Promise<void>)[] = [];
    const pod = podOfBridge({}, { background: (work: () => Promise<void>) => background.push(work) });
    await pod.probe();
    pod.clock.nowMs += 10_000;
    const held = Promise.withResolvers<void>();
    bridge.answers(async ({ answer }) => {
      await held.promise;
      answer({ epoch, upTo: 4, targets: [{ tag: 'late' }] });
    });
    // It settles what came before, and so cannot apply what comes behind its answer.
    await pod.kubeletProbe();
    const asked = pod.state.catchUp;
    held.resolve();
    await asked?.answered;
    await vi.waitFor(() => expect(pod.state.kept).not.toBeNull());
    await pod.kubeletProbe();
    expect(pod.told.at(-1)).toBe('#late');
    expect(pod.state.cursor).toEqual({ epoch, seq: 4 });
  });
});

it('A13 a probe goes by the clock that it is given, and by no other', async () => {
  const now = vi.spyOn(performance, 'now');
  try {
    const pod = podOfBridge();
    await pod.kubeletProbe();
    pod.clock.nowMs += 10_000;
    await pod.kubeletProbe();
    expect(pod.state.settled).toEqual({ epoch, seq: 3 });
    expect(now).not.toHaveBeenCalled();
  } finally {
    now.mockRestore();
  }
});

it('a pod without a bridge says once in its log that it has nobody to ask', async () => {
  const pod = startPod();
  await pod.kubeletProbe();
  await pod.kubeletProbe();
  expect(pod.log).toEqual(['bridge-less: this pod has no bridge to ask what it has missed.']);
});
