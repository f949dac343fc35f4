import type { MakeQuestion, VisitLine } from '@everypod/contract';
import { plainSpelling } from '../apply/plain-spelling.ts';
import type { Guard } from '../guard/guard.ts';
import type { Host } from '../guard/host.ts';
import type { ServedAt } from '../guard/makings.ts';
import { pagePathOf } from '../guard/makings.ts';
import { type Visit, visitHeader } from '../guard/visits.ts';
import { limits } from '../limits.ts';
import { callOut } from '../outbound.ts';
import { toldBy } from './evidence.ts';

type Asked = {
  question: Pick<MakeQuestion, 'path' | 'event'>;
  guard: Guard;
  /** What is older than this tick is out of date. */
  since: number;
  origins: ReadonlySet<string>;
  at: ServedAt;
  host: Host | null;
  deadlineMs: number;
};

/**
 * `again`: it was answered by a making that had begun before, which others wait for too; or what was made shows its post
 * as it was before the change, as where WordPress's own answer came from a cache.
 */
export type Looked = { line: Omit<VisitLine, 'path' | 'tries'>; again: boolean };

/** Visits a page once, as a visitor without a login does, on this pod's own address, through middleware and rewrites. */
export async function visitOnce(asked: Asked): Promise<Looked> {
  const { question, guard, since, origins, at, host, deadlineMs } = asked;
  const visit: Visit = { since, origins, page: null };
  const { nonce, end } = guard.visit(visit);
  const authority = `${at.ip.includes(':') ? `[${at.ip}]` : at.ip}:${at.port}`;
  const { protocol = 'http', name = authority } = host ?? {};
  const outcome = await callOut({
    url: new URL(`http://${name}${question.path}`),
    connectTo: at.ip,
    port: at.port,
    method: 'GET',
    headers: {
      'user-agent': 'everypod-visit',
      accept: 'text/html,*/*;q=0.5',
      'accept-encoding': 'identity',
      'x-forwarded-proto': protocol,
      ...(host !== null && { 'x-forwarded-host': host.name }),
      [visitHeader]: nonce,
    },
    deadlineMs,
    answerBytes: limits.visitAnswerBytes,
  });
  end();
  if (outcome.kind === 'redirected') {
    const to = outcome.location === null ? {} : { to: outcome.location.slice(0, limits.visitPathCharacters) };
    return final({ result: 'redirected', status: outcome.status, ...to });
  }
  if (outcome.kind !== 'answered') {
    const isLate = outcome.kind === 'timed-out';
    const isLarge = outcome.kind === 'too-large';
    return final({ result: 'failed', reason: isLate ? late(deadlineMs) : isLarge ? tooLarge : notAnswered });
  }
  const { status, body, headers } = outcome;
  if (status === 404 || status === 410) return final({ result: 'no page', status });
  if (status === 401 || status === 403 || status === 429) return final({ result: 'denied', status });
  if (status >= 400) return { line: { result: 'failed', status, reason: failedWith(status) }, again: true };
  const { page } = visit;
  const isMade = page !== null && page.tick >= since;
  if (!isMade) {
    const kept = /\b(?:no-store|private)\b/.test(headers.get('cache-control') ?? '');
    if (page === null && kept) return final({ result: 'not cached', status });
    return { line: { result: 'left', status, reason: joined }, again: true };
  }
  const served = pagePathOf(page.key);
  const { id, evidence } = question.event;
  const told = evidence === undefined ? null : toldBy(body.toString('utf8'), id, evidence);
  const isOlder = told?.kind === 'is older';
  const line: Looked['line'] = {
    result: told?.kind === 'shows it' ? 'seen' : 'made',
    status,
    ...(isElsewhere(served, question.path) && { servedBy: served }),
    madeAt: new Date(page.storedAtMs ?? Date.now()).toISOString(),
    ...(isOlder && { reason: older(told.modified, evidence?.version?.modified) }),
  };
  return { line, again: isOlder };
}

/** Next.js keeps a page under its decoded address, which is no other page. */
export function isElsewhere(served: string, path: string): boolean {
  return plainSpelling(served) !== plainSpelling(path);
}

const final = (line: Looked['line']): Looked => ({ line, again: false });

const notAnswered = 'This pod did not answer itself. Its own log says why.';
const late = (ms: number) => `It was not made within ${ms} ms.`;
const tooLarge = `Its answer has more than ${limits.visitAnswerBytes} bytes, so nobody has read it to its end.`;
const joined = 'It was being made all the time for others who had come before, so its next visitor makes it.';

/** The day only where it is another one than the change's. */
function older(modified: string, changed = ''): string {
  const [day = '', time = ''] = modified.replace('Z', '').split('T');
  const moment = changed.startsWith(day) ? time : `${day} ${time}`;
  return `The page shows WordPress's version of ${moment} UTC, from before the change.`;
}

function failedWith(status: number): string {
  return `The page answered ${status} as it was made anew. The pod's own log says why; is the content API there?`;
}
