import type { Cluster } from '../../cluster.ts';
import { limits } from '../../limits.ts';
import { call } from '../../outbound.ts';
import { createLook } from '../copies/look.ts';
import { type Link, linksOf } from './links.ts';

export type Pages = { list(): Promise<Link[]> };

/** The pages that the wall offers: what the front page of a ready pod links to. */
export function createPages({ cluster }: { cluster: Cluster }): Pages {
  let links: Link[] = [];

  const look = createLook(async () => {
    const pod = cluster.pods().find(({ phase, running, frozen }) => phase === 'ready' && running && !frozen);
    if (!pod) return;
    const answer = await call(`${pod.url}/`, { timeoutMs: limits.wallLookTimeoutMs });
    if (!('unanswered' in answer) && answer.status === 200) links = linksOf(answer.body.toString('utf8'));
  }, limits.wallPageListPeriodMs);

  return {
    async list() {
      await look.again();
      return links;
    },
  };
}
