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

  it('A6 makes the bridge not ready and answer 503 as a problem, and keeps it answering pods and senders', async (context) => {
    const place = make(context);
    const world = await startWorld({ EVERYPOD_JOURNAL: `sqlite:${place.path}` });
    const bridge = await startBridge(world, {
      // So long that nothing that is still followed gives way meanwhile.
      limits: { ...quick, eventBudgetMs: 60_000, journalPages: place.limits.journalPages, journalRetryMs: 0 },
    });
    const readyz = () => fetch(`${bridge.url}/readyz`);
    let accepted = '';
    let refused: Response | undefined;
    let unready: Response | undefined;
    for (let nth = 1; nth <= 500 && !unready; nth += 1) {
      const id = `event-${nth}`;
      const answer = await postEvent(bridge, event(bulky(id).targets), { id });
      if (answer.status === 202) accepted = id;
      else refused = answer;
      const ready = await readyz();
      if (ready.status !== 200) unready = ready;
    }
    expect(refused?.status).toBe(503);
    expect(refused?.headers.get('retry-after')).toBe('5');
    expect(problemSchema.parse(await refused?.json())).toMatchObject({
      type: 'urn:everypod:problem:journal-unavailable',
      detail: expect.stringContaining('is full'),
    });
    expect(unready?.status).toBe(503);
    expect(await unready?.json()).toMatchObject({ ready: false, reason: expect.stringContaining('is full') });
    expect((await readyz()).status).toBe(503);
    expect((await signedGet(bridge, `/v1/events/${accepted}`)).status).toBe(200);
    expect((await signedGet(bridge, '/v1/pods')).status).toBe(200);
  });

  it('A6 may be given events again as soon as the one that was refused would be taken, and not before', async (context) => {
    const clock = { nowMs: Date.now() };
    const place = make(context);
    const limits = { ...place.limits, journalRetryMs: 0 };
    const journal = createSqliteJournal({ path: place.path, limits, log, now: () => clock.nowMs });
    afterThisTest(() => journal.close());
    const append = async (nth: number) =>
      (await journal.append({ ...bulky(`event-${nth}`), acceptedAt: clock.nowMs })).kind;
    let nth = 1;
    while (nth < 500 && (await journal.trouble()) === null) {
      if ((await append(nth)) === 'accepted') nth += 1;
    }
    expect(await journal.trouble()).toContain('is full');
    const { targets } = await journal.changedSince({ seq: 0 }, 100_000);
    expect(targets?.length).toBeGreaterThan(50);
    expect(await append(nth)).toBe('unavailable');
    expect(await journal.trouble()).toContain('is full');

    // What nobody follows any longer gives way to events.
    clock.nowMs += limits.eventBudgetMs + 1;
    expect(await journal.trouble()).toBeNull();
    expect(await append(nth)).toBe('accepted');
    const after = await journal.changedSince({ seq: 0 }, 100_000);
    expect(after.targets).toEqual(expect.arrayContaining(targets ?? []));
    await journal.close();
    const again = createSqliteJournal({ ...place, log, now: () => clock.nowMs });
    afterThisTest(() => again.close());
    expect(await again.position()).toEqual(after.position);
  });
});
