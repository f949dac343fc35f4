import type { Cursor, PodIdentity } from '@everypod/contract';
import { limits as messageLimits, newSecret, parseSecrets, sign } from '@everypod/contract';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.ts';
import {
  catchUp,
  event,
  podSecret,
  podsOf,
  postCatchUp,
  reportOf,
  type Started,
  secret,
  send,
  startBridge,
  startWorld,
} from '../harness.ts';

const pod: PodIdentity = { ip: '127.0.0.11', name: 'nextjs-a', instance: 'instance-a1' };
const minute = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

let nowMs: number;
let startedAt: number;
let bridge: Started;
let epoch: string;
const logged: Array<{ level: number; pod?: string; seq?: number }> = [];

/** Three events, an hour, two hours and three hours after the journal began. */
beforeEach(async () => {
  startedAt = Math.floor(Date.now() / 1000) * 1000;
  nowMs = startedAt;
  const now = () => nowMs;
  logged.length = 0;
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  bridge = await startBridge(await startWorld(), { limits, now, monotonicMs: now, log });
  epoch = (await ask(null)).epoch;
  for (const name of ['one', 'two', 'three']) {
    nowMs += 60 * minute;
    await send(bridge, event([{ tag: name }, { path: `/${name}` }]), { nowMs });
  }
});

/** The pod's clock shows the bridge's time, so that signatures hold. */
function ask(cursor: Cursor | null, builtAt: string | null = null) {
  return catchUp(bridge, { pod, cursor, settled: null, builtAt }, nowMs);
}

const here = ({ epoch, upTo }: { epoch: string; upTo: number }) => ({ epoch, upTo });
const everything = { epoch: expect.any(String), upTo: 3, everything: true };
const targets = (...names: string[]) => ({
  epoch: expect.any(String),
  upTo: 3,
  targets: names.flatMap((name) => [{ tag: name }, { path: `/${name}` }]),
});

describe('a pod with a cursor', () => {
  it('is answered whatever renders it names that were held, in however many bytes JSON writes them', async () => {
    const path = '\u0001'.repeat(messageLimits.heldPathCharacters);
    const renders = Array.from({ length: messageLimits.heldRenders }, () => ({ path, forMs: 3_600_000 }));
    const cursor = { epoch, seq: 3 };
    const held = { renders, more: 100_000 };
    const question = { pod, cursor, settled: cursor, builtAt: iso(nowMs), how: 'capped', held } as const;
    expect(await catchUp(bridge, question, nowMs)).toEqual(targets());
  });

  it.each([
    { seq: 3, missed: targets() },
    { seq: 2, missed: targets('three') },
    { seq: 0, missed: targets('one', 'two', 'three') },
  ])('at $seq of this epoch gets what came after', async ({ seq, missed }) => {
    expect(await ask({ epoch, seq })).toEqual(missed);
  });

  it('of another epoch starts over', async () => {
    expect(await ask({ epoch: 'epoch-of-old', seq: 2 })).toEqual(everything);
  });

  it('above the head proves that the journal went back: a new epoch starts, and every pod starts over', async () => {
    const found = await ask({ epoch, seq: 40 });
    expect(found).toMatchObject({ everything: true });
    expect(found.epoch).not.toBe(epoch);
    expect(await ask({ epoch, seq: 3 })).toEqual(found);
    expect(await ask({ epoch: found.epoch, seq: found.upTo })).toEqual({ ...here(found), targets: [] });
  });

  it('starts over when it missed more than ten thousand calls', async () => {
    for (let batch = 0; batch < 6; batch += 1) {
      const paths = Array.from({ length: 1_000 }, (_, index) => ({ path: `/${batch}-${index}` }));
      await send(bridge, event(paths), { nowMs });
    }
    expect(await ask({ epoch, seq: 3 })).toMatchObject({ upTo: 9, everything: true });
    expect(await ask({ epoch, seq: 5 })).toMatchObject({ upTo: 6, targets: expect.any(Array) });
  });

  it('counts a path with its spellings', async () => {
    for (let batch = 0; batch < 2; batch += 1) {
      await send(
        bridge,
        event(Array.from({ length: 640 }, (_, index) => ({ path: `/caf%c3%a9-${batch}-${index}` }))),
        { nowMs },
      );
    }
    expect(await ask({ epoch, seq: 3 })).toMatchObject({ everything: true });
    expect(await ask({ epoch, seq: 4 })).toMatchObject({ targets: expect.any(Array) });
  });
});

describe('A2 a pod that claims a number which this journal never gave', () => {
  const beyond = 2 ** 48 + 1;

  it.each([beyond, Number.MAX_SAFE_INTEGER, 2 ** 60])(
    'A2 is refused %d, which no journal can reach, and changes nothing',
    async (seq) => {
      const message = { pod, cursor: { epoch, seq }, settled: null, builtAt: null };
      expect((await postCatchUp(bridge, message, { nowMs })).status).toBe(400);
      expect(await podsOf(bridge, nowMs)).toMatchObject({ epoch, head: 3 });
    },
  );

  it('A2 never moves the journal there: numbers go on from its own head', async () => {
    const { upTo } = await ask({ epoch, seq: 2 ** 48 });
    expect(upTo).toBeLessThanOrEqual(3 + limits.gapMost);
    const report = await send(bridge, event(), { nowMs });
    expect(report.seq).toBe(upTo + 1);
  });

  it('A2 starts over alone where it claims again within the lease, by name in the log, and is judged again after it', async () => {
    const first = await ask({ epoch, seq: 40 });
    const again = { epoch: first.epoch, seq: first.upTo + 40 };
    nowMs += limits.leaseMs - 1;
    expect(await ask(again)).toEqual(first);
    expect(await ask(again)).toEqual(first);
    expect(await ask({ epoch: first.epoch, seq: first.upTo })).toEqual({ ...here(first), targets: [] });
    const told = logged.filter(({ level, pod }) => level === 40 && pod === 'nextjs-a');
    expect(told).toMatchObject([{ seq: again.seq }, { seq: again.seq }]);

    nowMs += 1;
    const second = await ask(again);
    expect(second).toMatchObject({ everything: true });
    expect(second.epoch).not.toBe(first.epoch);
  });

  it('A2 covers no event by what it claims', async () => {
    const { epoch: present, upTo } = await ask({ epoch, seq: 40 });
    await ask({ epoch: present, seq: upTo + 40 });
    const { id } = await send(bridge, event(), { nowMs });
    await ask({ epoch: present, seq: upTo + 40 });
    expect((await reportOf(bridge, id, nowMs)).pods.filter(({ state }) => state === 'applied')).toEqual([]);
  });
});

describe('a pod without a cursor', () => {
  const hours = (count: number) => count * 60 * minute;
  it.each([
    { when: 'just now', ago: () => 0, missed: targets('three') },
    { when: 'half an hour ago', ago: () => 30 * minute, missed: targets('three') },
    { when: 'between the first two events', ago: () => hours(1.5), missed: targets('two', 'three') },
    {
      when: 'a quarter of an hour after the second event',
      ago: () => hours(1) - 15 * minute,
      missed: targets('two', 'three'),
    },
    { when: 'a little later than that', ago: () => hours(1) - 16 * minute, missed: targets('three') },
    {
      when: 'a quarter of an hour after the epoch began',
      ago: () => hours(3) - 15 * minute,
      missed: targets('one', 'two', 'three'),
    },
    { when: 'less than that after the epoch began', ago: () => hours(3) - 14 * minute, missed: everything },
    { when: 'before the epoch began', ago: () => hours(4), missed: everything },
    { when: 'in the future', ago: () => -minute, missed: everything },
  ])('that was built $when', async ({ ago, missed }) => {
    expect(await ask(null, iso(nowMs - ago()))).toEqual(missed);
  });

  it('that does not know when it was built starts over', async () => {
    expect(await ask(null)).toEqual(everything);
  });
});

describe('POST /v1/catch-up', () => {
  const message = { pod, cursor: null, settled: null, builtAt: null };

  it.each([
    ['the secret of WordPress', () => secret],
    ['another secret', newSecret],
  ])('does not trust %s', async (_, by) => {
    expect((await postCatchUp(bridge, message, { secret: by(), nowMs })).status).toBe(401);
  });

  it('does not answer a captured message a second time', async () => {
    expect((await postCatchUp(bridge, message, { id: 'catchup_1', nowMs })).status).toBe(200);
    expect((await postCatchUp(bridge, message, { id: 'catchup_1', nowMs })).status).toBe(401);
  });

  it('does not answer a message that was stamped ahead a second time, for as long as its signature holds', async () => {
    const stampedMs = nowMs + 300_000;
    const send = () => postCatchUp(bridge, message, { id: 'catchup_1', nowMs: stampedMs });
    expect((await send()).status).toBe(200);
    nowMs = stampedMs + 300_999;
    expect((await send()).status).toBe(401);
    // Another id shows that it is not for its age.
    expect((await postCatchUp(bridge, message, { id: 'catchup_2', nowMs: stampedMs })).status).toBe(200);
  });

  it('A7 says 400 to a question that is not UTF-8', async () => {
    const named = { ...message, pod: { ...pod, name: 'caf\u00e9' } };
    const raw = Buffer.from(JSON.stringify(named), 'latin1');
    const answer = await fetch(`${bridge.url}/v1/catch-up`, {
      method: 'POST',
      body: raw,
      headers: { ...sign(parseSecrets(podSecret), 'catchup_1', nowMs, raw) },
    });
    expect(answer.status).toBe(400);
  });

  it('says 400 to what is not a catch-up', async () => {
    const answer = await postCatchUp(bridge, { ...message, pod: { ...pod, ip: 'here' } }, { nowMs });
    expect(answer.status).toBe(400);
  });
});

describe('GET /v1/pods', () => {
  it('has every pod seen, against the head', async () => {
    await ask({ epoch, seq: 1 }, iso(nowMs));
    const { pods, head } = await podsOf(bridge, nowMs);
    expect(head).toBe(3);
    expect(pods).toEqual([
      {
        ...pod,
        cursor: { epoch, seq: 1 },
        settled: null,
        builtAt: iso(nowMs),
        behind: 2,
        lastSeen: iso(nowMs),
        live: true,
      },
    ]);
  });

  it('counts no numbers that a journal left out when the bridge was started again', async () => {
    const again = await startWorld();
    const first = await startBridge(again, { limits });
    await send(first);
    const { epoch: theirs, upTo } = await catchUp(first, { pod, cursor: null, settled: null, builtAt: null });
    await first.stop();
    const second = await startBridge(again, { limits });
    await catchUp(second, { pod, cursor: { epoch: theirs, seq: upTo }, settled: null, builtAt: null });
    await send(second);
    await send(second);
    const { pods, head } = await podsOf(second);
    expect(head).toBeGreaterThan(limits.gapLeast);
    expect(pods).toMatchObject([{ cursor: { seq: upTo }, behind: 2 }]);
  });

  it('calls a pod live for as long as its lease, when DNS does not list it', async () => {
    await ask({ epoch, seq: 3 });
    nowMs += limits.leaseMs;
    expect((await podsOf(bridge, nowMs)).pods[0]?.live).toBe(true);
    nowMs += 1;
    expect((await podsOf(bridge, nowMs)).pods[0]?.live).toBe(false);
  });
});
