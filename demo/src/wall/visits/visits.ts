import type { Addresses } from '../../cluster.ts';
import { limits } from '../../limits.ts';
import { call } from '../../outbound.ts';
import { readCopy } from '../copies/copy.ts';
import { createLook } from '../copies/look.ts';
import { moment } from '../copies/moment.ts';
import { createPageMemory } from '../pages/page-memory.ts';

/**
 * What one request through the balancer got; `servedBy` is null where no pod answered, `content` where no page came,
 * which is not the same as another page.
 */
export type Visit = { number: number; servedBy: string | null; headline: string; content: string | null };

export type Visits = {
  /** Makes one more visit, at most one per period, and answers the last ones, oldest first. */
  visit(page: string): Promise<Visit[]>;
};

/** One visitor, who loads the same page again and again. */
export function createVisits({ addresses }: { addresses: Pick<Addresses, 'balancer'> }): Visits {
  const visitors = createPageMemory((page) => {
    const strip: Visit[] = [];
    let number = 0;
    const look = createLook(async () => {
      number += 1;
      strip.push({ number, ...(await request(`${addresses.balancer}${page}`)) });
      if (strip.length > limits.wallVisitsShown) strip.shift();
    }, limits.wallLookPeriodMs);
    return { strip, look };
  });

  return {
    async visit(page) {
      const { strip, look } = visitors.of(page);
      await Promise.race([look.again(), moment(limits.wallPatienceMs)]);
      return [...strip];
    },
  };
}

async function request(url: string): Promise<Omit<Visit, 'number'>> {
  const answer = await call(url, { timeoutMs: limits.wallLookTimeoutMs });
  if ('unanswered' in answer) return { servedBy: null, headline: answer.unanswered, content: null };
  const { headline, content } = readCopy(answer.status, answer.body.toString('utf8'));
  const isPage = answer.status < 500;
  return { servedBy: answer.headers.get('x-served-by'), headline, content: isPage ? content : null };
}
