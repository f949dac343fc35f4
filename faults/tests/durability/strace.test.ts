import { describe, expect, it } from 'vitest';
import { readTrace } from '../../src/durability/strace.ts';

const request = '7 read(26<socket:[5]>, "POST /v1/events HTTP/1.1\\r\\ncontent"..., 65536) = 437';
const flush = '7 fsync(22</data/journal/journal.db-wal>) = 0';
const answer = '7 write(26<socket:[5]>, "HTTP/1.1 202 Accepted\\r\\ncache"..., 429) = 429';

describe('A trace', () => {
  it('is good when every answer comes after a flush of its own', () => {
    const trace = [request, flush, answer, request, flush, answer];
    expect(readTrace(trace)).toEqual({ requests: 2, answers: 2, flushes: 2, early: [] });
  });

  it('is understood where another thread came between', () => {
    const unfinished = '7 read(26<socket:[5]>,  <unfinished ...>';
    const resumed = '7 <... read resumed>"POST /v1/events HTTP/1.1\\r\\ncontent"..., 65536) = 437';
    expect(readTrace([unfinished, '8 fsync(22</data/journal/journal.db-wal>) = 0', resumed, answer])).toEqual(
      {
        requests: 1,
        answers: 1,
        flushes: 1,
        early: [expect.stringContaining('202 Accepted')],
      },
    );
  });

  it.each([
    ['no flush at all', [request, answer]],
    ['a flush only of the event before', [request, flush, answer, request, answer]],
    ['a flush that comes afterwards', [request, answer, flush]],
    ['a flush that failed', [request, flush.replace('= 0', '= -1 EIO'), answer]],
  ])('shows an answer with %s', (_, trace) => {
    expect(readTrace(trace).early).toHaveLength(1);
  });
});
