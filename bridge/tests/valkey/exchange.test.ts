import { beforeEach, describe, expect, it } from 'vitest';
import type { ValkeyConnection } from '../../src/journal/valkey-connection.ts';
import { limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import type { PodNews } from '../../src/pods/registry.ts';
import { createValkeyExchange } from '../../src/pods/valkey-exchange.ts';
import { afterThisTest } from '../harness.ts';
import { openConnection } from './open.ts';
import { startValkey } from './server.ts';

const log = createLog('silent');
let connection: ValkeyConnection;

beforeEach(async () => {
  connection = await openConnection(await startValkey());
  afterThisTest(() => connection.close());
});

function open(name: string, now = Date.now) {
  const heard: (number | undefined)[] = [];
  const heardBy: string[] = [];
  const ages: number[] = [];
  const exchange = createValkeyExchange({
    connection,
    name,
    log,
    limits,
    now,
    heard: ({ settled, by }, ageMs) => {
      heard.push(settled?.seq);
      heardBy.push(by);
      ages.push(ageMs);
    },
  });
  return { ...exchange, heard, heardBy, ages };
}

function settledUpTo(seq: number): PodNews {
  return {
    pod: { ip: '10.0.0.1', name: 'nextjs-a', instance: 'instance-1' },
    cursor: { epoch: 'epoch-one', seq: 2 },
    settled: { epoch: 'epoch-one', seq },
    builtAt: null,
    epoch: 'epoch-one',
    by: 'catch-up',
  };
}

describe('news of pods', () => {
  it('is heard by the other bridge, and not again', async () => {
    const [a, b] = [open('a'), open('b')];
    a.tell(settledUpTo(1));
    await a.hear();
    await b.hear();
    await b.hear();
    expect([a.heard, b.heard]).toEqual([[], [1]]);
  });

  it('is heard by a bridge that is late with what the same pod said before', async () => {
    const [a, b] = [open('a'), open('b')];
    a.tell(settledUpTo(1));
    b.tell(settledUpTo(2));
    await b.hear();
    await a.hear();
    expect(a.heard).toEqual([2]);
  });

  it('of one pod is heard once, as it was last told', async () => {
    const [a, b] = [open('a'), open('b')];
    for (const seq of [1, 2]) {
      a.tell(settledUpTo(seq));
      await a.hear();
    }
    await b.hear();
    expect(b.heard).toEqual([2]);
  });

  it('of one pod is heard by what it was said, so that an answer to a push does not hide that it asked', async () => {
    const [a, b] = [open('a'), open('b')];
    a.tell(settledUpTo(1));
    a.tell({ ...settledUpTo(2), by: 'push' });
    await a.hear();
    await b.hear();
    expect([b.heard, b.heardBy]).toEqual([
      [1, 2],
      ['catch-up', 'push'],
    ]);
  });

  it('is heard in the order in which it was told last', async () => {
    const [a, b] = [open('a'), open('b')];
    a.tell(settledUpTo(1));
    a.tell({ ...settledUpTo(2), by: 'push' });
    a.tell(settledUpTo(3));
    await a.hear();
    await b.hear();
    expect(b.heard).toEqual([2, 3]);
  });

  it('A8 of a moment that a clock set right has not reached yet is of just now', async () => {
    let nowMs = Date.now();
    const [a, b] = [open('a'), open('b', () => nowMs)];
    a.tell(settledUpTo(1));
    await a.hear();
    nowMs -= 250_000;
    await b.hear();
    expect(b.ages).toEqual([0]);
  });
});
