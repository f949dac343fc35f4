import { parseService, podAddress } from '@everypod/fan-out';
import { expect, it } from 'vitest';
import type { StoredEvent } from '../../src/journal/journal.ts';
import { openEvent } from '../../src/report/open-event.ts';

const service = parseService('http://nextjs-headless.myapp.svc:3000/siteapi/revalidate');
const epoch = 'epoch-one';
const paths = Array.from({ length: 20 }, (_, nth) => `/page-${nth}`);
const stored: StoredEvent = {
  id: 'one',
  seq: 7,
  change: 'post.updated',
  bodyHash: '',
  targets: paths.map((path) => ({ path })),
  acceptedAt: 1_000,
  report: null,
};

/** An event that so many pods have applied, of whose pages all could not be made but the subject's own. */
function visitedOn(pods: number) {
  const event = openEvent({ event: stored, budgetMs: 60_000, now: () => 1_000, nameAt: () => undefined });
  const addresses = Array.from({ length: pods }, (_, nth) => podAddress(service, `10.0.0.${nth}`));
  event.looked({ addresses, lines: [], unanswered: [] }, []);
  for (const { key, ip } of addresses) {
    const pod = { ip, name: ip, instance: `instance-of-${ip}`, builtAt: null };
    const answer = { ok: true as const, pod, cursor: { epoch, seq: 7 }, settled: null };
    event.attempted(key, { state: 'applied', answer, retry: false }, epoch);
    for (const path of event.toVisit(key, []))
      event.visited(key, { path, result: path === '/page-0' ? 'made' : 'failed', tries: 1 });
  }
  return event.report().pods.map(({ visits }) => visits);
}

it.each([
  [1, 20],
  [20, 20],
  [25, 16],
  [200, 2],
])(
  'a report of %i pods names %i pages of each, the worst and the subject’s own, and counts all',
  (pods, named) => {
    const all = visitedOn(pods);
    expect(all).toHaveLength(pods);
    for (const visits of all) {
      expect(visits).toMatchObject({ of: 20, made: 1, failed: 19 });
      expect(visits?.paths).toHaveLength(named);
      expect(visits?.paths.at(-1)).toMatchObject({ path: '/page-0', result: 'made' });
    }
  },
);
