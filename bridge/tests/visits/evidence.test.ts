import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestPod } from '../../../fan-out/tests/pod.ts';
import { event, quick, reportOf, send, startBridge, startWorld, type World } from '../harness.ts';

const patient = { ...quick, eventBudgetMs: 60_000, lookAgainMs: 100, otherPagesAfterMs: 0, grantSweepMs: 20 };
const soon = { timeout: 8_000, interval: 20 };
const evidence = {
  words: 6,
  runs: ['0123456789abcdef'],
  version: { post: '1', modified: '2026-01-02T03:04:05Z' },
};

let world: World;
let pod: TestPod;

beforeEach(async () => {
  world = await startWorld();
  pod = await world.addPod(11);
  pod.isSecond = true;
  pod.takesVisits = true;
  pod.visit = ({ path }) => ({ path, result: 'seen', tries: 1 });
});

const start = () => startBridge(world, { limits: patient });

/** What lies in the journal's file beside its events. */
function abouts(): unknown[] {
  const path = world.environment.EVERYPOD_JOURNAL?.replace('sqlite:', '') ?? '';
  const reader = new DatabaseSync(path, { readOnly: true });
  const found = reader.prepare('SELECT about FROM about').all();
  reader.close();
  return found.map(({ about }) => JSON.parse(String(about)));
}

function withEvidence() {
  const body = event([{ path: '/hello' }]);
  return { ...body, data: { ...body.data, evidence } };
}

describe('what an event brings for its visits', () => {
  it('is there for a bridge that was started again, so that its pages can be seen', async () => {
    pod.misbehave(({ response }) => void response.writeHead(404).end());
    const first = await start();
    const { id } = await send(first, withEvidence(), { wait: 5 });
    await first.stop();
    pod.misbehave(null);
    const second = await start();
    await vi.waitFor(() => expect(pod.grants).toHaveLength(1), soon);
    expect(pod.grants[0]?.event).toEqual({ id, site: 'https://example.org', evidence });
    pod.settle({ how: 'drained' });
    await vi.waitFor(
      async () =>
        expect(await reportOf(second, id)).toMatchObject({ final: true, pods: [{ visits: { seen: 1 } }] }),
      soon,
    );
  });

  it('is its site, hashes and a time, without a word of it, and nothing once its report is final', async () => {
    let end = () => {};
    pod.visit = ({ path }) =>
      new Promise((resolve) => {
        end = () => resolve({ path, result: 'seen', tries: 1 });
      });
    const bridge = await start();
    const { id } = await send(bridge, withEvidence(), { wait: 5 });
    pod.settle({ how: 'drained' });
    await vi.waitFor(() => expect(pod.grants).toHaveLength(1), soon);
    expect(abouts()).toEqual([{ site: 'https://example.org', evidence }]);
    end();
    await vi.waitFor(async () => expect((await reportOf(bridge, id)).final).toBe(true), soon);
    await vi.waitFor(() => expect(abouts()).toEqual([]), soon);
  });
});
