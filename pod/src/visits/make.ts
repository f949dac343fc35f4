import {
  type MakeAnswer,
  type MakeQuestion,
  makeQuestionSchema,
  limits as messageLimits,
  type Push,
  type PushAnswer,
  signAnswer,
  type VisitLine,
} from '@everypod/contract';
import { json, notUnderstood } from '../answers.ts';
import { withoutBasePath } from '../apply/plain-spelling.ts';
import type { Trusted } from '../fan-out/receive.ts';
import type { Host } from '../guard/host.ts';
import { tellOfOrigin } from '../keep/origin.ts';
import { keepNoLonger } from '../keep/pages.ts';
import { withKeyTags } from '../keys/key.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { isQuestion } from '../settling/asked.ts';
import { type Looked, visitOnce } from './look.ts';

/** Whether a message grants a visit. */
export function isGrant(message: unknown): boolean {
  return isQuestion(message) && message.ask === 'make';
}

/**
 * What the answer to a push says of visits: nothing of a pod that can't see what it makes, or does not know on which address to
 * ask itself; else that it takes grants, and which of its pages the push's tags lead to.
 */
export function whatToVisit({ targets }: Push, life: Life): Pick<PushAnswer, 'visits' | 'pages'> {
  const guard = life.guarding()?.guard ?? null;
  if (guard === null || guard.servedAt() === null) return {};
  const tags = new Set(withKeyTags(targets.flatMap((target) => ('tag' in target ? target.tag : []))));
  const pages = guard.pages.carrying(tags).slice(0, messageLimits.visitPaths);
  return { visits: true, ...(pages.length > 0 && { pages }) };
}

/** "Make what you serve at this path anew, and tell what came of it." */
export async function receiveGrant(
  { request, id, message, secrets }: Trusted,
  life: Life,
): Promise<Response> {
  const parsed = makeQuestionSchema.safeParse(message);
  if (!parsed.success) return notUnderstood('question', parsed.error);
  const visit = await madeAnew(parsed.data, life);
  keepNoLonger(parsed.data.path, life);
  const { ip, name } = life.configuration();
  const pod = { ip, name, instance: life.state.instance };
  const answer = JSON.stringify({ ok: true, pod, visit } satisfies MakeAnswer);
  life.log('info', `${parsed.data.event.id}: ${visit.path} is ${visit.result}.`);
  return json(200, answer, signAnswer(secrets, { id, headers: request.headers }, life.nowMs(), answer));
}

/** What could not be shown is never called made: whoever comes next makes it then. */
async function madeAnew(question: MakeQuestion, life: Life): Promise<VisitLine> {
  const { path } = question;
  const left = (reason: string): VisitLine => ({ path, result: 'left', tries: 0, reason });
  const guarding = life.guarding();
  if (guarding === null)
    return left('No cache handler of Everypod guards its pages, so nobody can see what is made.');
  const { guard } = guarding;
  tellOfOrigin(life, question.event.site);
  const at = guard.servedAt();
  if (at === null) return left('This Node.js does not tell on which address a request has come.');
  const where = addressOf(path, life);
  if (where === null) return left('Only pages are visited.');
  let since = sinceOf(question, guard.tick, life);
  // Readers who join a render that can only fail are given its error in place of the page as it was.
  if (await guard.keeping.origins.areStillDown()) return { path, result: 'failed', tries: 0, reason: away };
  const endsAt = life.clock.monotonicMs() + Math.min(question.waitMs, limits.makeMs);
  const origins = originsOf(question, life);
  const host = hostOf(life);
  let tries = 0;
  let last: Looked['line'] = { result: 'left' };
  let slashed = where;
  while (tries < limits.makeTries) {
    if (last.result === 'made') {
      await life.clock.untilAwake(life.clock.awakeMs() + limits.makeAgainAfterMs);
      // For this visit alone what it has just made is out of date, and visitors go on getting that until there is better.
      since = guard.tickFromNow();
    }
    const deadlineMs = Math.round(endsAt - life.clock.monotonicMs());
    if (deadlineMs <= 0 || life.clock.ending().aborted) break;
    tries += 1;
    const { line, again } = await visitOnce({
      question: { ...question, path: slashed },
      guard,
      since,
      origins,
      at,
      host,
      deadlineMs,
    });
    // What was made stays made, whatever becomes of another try.
    if (last.result !== 'made' || !['failed', 'left'].includes(line.result)) last = line;
    const other = otherSlash(slashed);
    if (tries === 1 && line.result === 'redirected' && pathOf(line.to) === other) slashed = other;
    else if (!again) break;
  }
  return { ...last, path, tries };
}

const away = 'WordPress can’t be reached from this pod, so its visitors get the page as it was until it can.';

/** With the other ending, as a site that writes its addresses otherwise than WordPress answers by a redirect. */
function otherSlash(path: string): string {
  return path.endsWith('/') ? path.replace(/\/+$/, '') || '/' : `${path}/`;
}

function pathOf(location = ''): string | null {
  return URL.canParse(location, 'http://site') ? new URL(location, 'http://site').pathname : null;
}

/** Where the app serves a path; null where no page can be. */
function addressOf(path: string, life: Life): string | null {
  const { basePath } = life.applying.site();
  const { pathname } = new URL(path, 'http://site');
  const plain = withoutBasePath(pathname, basePath);
  return neverVisited.some((under) => plain.startsWith(under)) ? null : `${basePath}${plain}`;
}

const neverVisited = ['/api/', '/_next/', '/siteapi/'];

/** What was asked for the same position before counts from then: what visitors have made meanwhile is as good. */
function sinceOf({ epoch, upTo }: MakeQuestion, tick: number, { state }: Life): number {
  const position = `${epoch} ${upTo}`;
  const since = state.visitsSince.get(position) ?? tick;
  state.visitsSince.set(position, since);
  const [oldest] = state.visitsSince.keys();
  if (state.visitsSince.size > limits.eventsVisitedRemembered && oldest !== undefined) {
    state.visitsSince.delete(oldest);
  }
  return since;
}

/** Where the app gets its content from, as WordPress calls itself, and as the pod may call it within the cluster. */
function originsOf({ event }: MakeQuestion, life: Life): Set<string> {
  const { originUrl } = life.configuration();
  const urls = [event.site, originUrl].filter((url) => url != null);
  return new Set(urls.map((url) => new URL(url).origin));
}

function hostOf(life: Life): Host | null {
  const { siteUrl } = life.configuration();
  if (siteUrl === null) return life.guarding()?.guard.hostAskedFor() ?? null;
  const { protocol, host } = new URL(siteUrl);
  return { protocol: protocol === 'https:' ? 'https' : 'http', name: host };
}
