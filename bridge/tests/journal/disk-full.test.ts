import { problemSchema } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { createSqliteJournal } from '../../src/journal/sqlite.ts';
import { createLog } from '../../src/log.ts';
import { afterThisTest, event, postEvent, quick, signedGet, startBridge, startWorld } from '../harness.ts';
import { smallDisk, smallJournal } from './small-places.ts';

const log = createLog('silent');

const bulky = (id: string) => ({
  id,
  bodyHash: 'x'.repeat(64),
  change: 'post.updated',
  targets: Array.from({ length: 10 }, (_, nth) => ({ path: `/${id}/${nth}/${'x'.repeat(200)}` })),
  acceptedAt: Date.now(),
});

describe.each([
  { where: 'on a full disk', make: smallDisk },
  { where: 'at the limit of its size', make: smallJournal },
])('a journal $where', ({ make }) => {
  it('refuses events with the reason, and loses none that it accepted', async (context) => {
    const place = make(context);
    const journal = createSqliteJournal({ ...place, log });
    const accepted: string[] = [];
    let reason = '';
    for (let nth = 1; nth <= 500 && reason === ''; nth += 1) {
      const appended = await journal.append(bulky(`event-${nth}`));
      if (appended.kind === 'accepted') accepted.push(appended.event.id);
      if (appended.kind === 'unavailable') reason = appended.reason;
    }
    expect(reason).toContain('is full');
    expect(accepted.length).toBeGreaterThan(5);
    const { head } = await journal.position();
    expect(head).toBe(accepted.length);
    expect((await journal.changedSince({ seq: 0 }, 10_000)).targets).toHaveLength(accepted.length * 10);
    await journal.close();

    const again = createSqliteJournal({ ...place, log });
    afterThisTest(() => again.close());
    for (const id of accepted) expect((await again.event(id))?.id).toBe(id);
  });

  it('makes the bridge answer 503 as a problem, and keeps it answering pods and senders', async (context) => {
    const place = make(context);
    const world = await startWorld({ EVERYPOD_JOURNAL: `sqlite:${place.path}` });
    const bridge = await startBridge(world, {
      limits: { ...quick, journalPages: place.limits.journalPages },
    });
    let accepted = '';
    let refused: Response | undefined;
    for (let nth = 1; nth <= 500 && !refused; nth += 1) {
      const id = `event-${nth}`;
      const answer = await postEvent(bridge, event(bulky(id).targets), { id });
      if (answer.status === 202) accepted = id;
      else refused = answer;
    }
    expect(refused?.status).toBe(503);
    expect(refused?.headers.get('retry-after')).toBe('5');
    expect(problemSchema.parse(await refused?.json())).toMatchObject({
      type: 'urn:everypod:problem:journal-unavailable',
      detail: expect.stringContaining('is full'),
    });
    expect((await signedGet(bridge, `/v1/events/${accepted}`)).status).toBe(200);
    expect((await signedGet(bridge, '/v1/pods')).status).toBe(200);
    expect((await fetch(`${bridge.url}/readyz`)).status).toBe(200);
  });
});
