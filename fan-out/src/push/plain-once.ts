import { limits as messageLimits, type Target } from '@everypod/contract';
import type { PodAddress, Service } from '../discovery/service.ts';
import { limits } from '../limits.ts';
import { call, type Outcome } from '../outbound.ts';
import type { Attempt } from './attempt.ts';
import { failed, notAnswered, notTaken } from './not-taken.ts';
import type { Turns } from './turns.ts';

export type PlainOnceOptions = {
  address: PodAddress;
  slug: string;
  /** It travels in the URL, so no reason and no log line has the URL. */
  secret: string;
  turns: Turns;
  deadlineMs?: number;
  now?: () => number;
};

/**
 * Tells a plain pod of one path, by the well-known `GET …?secret=&slug=&fanout=1`. Its answer is not signed and moves no
 * cursor, so the most that comes of it is `told`. Never throws.
 */
export async function plainOnce({
  address,
  slug,
  secret,
  turns,
  deadlineMs = limits.pushDeadlineMs,
  now = Date.now,
}: PlainOnceOptions): Promise<Attempt> {
  const { service } = address;
  const query = new URLSearchParams({ secret, slug, fanout: '1' });
  const outcome = await call({
    protocol: service.protocol,
    connectTo: address.ip,
    port: service.port,
    host: service.host,
    serverName: service.fixed ? '' : service.hostname,
    method: 'GET',
    path: `${service.path}${service.path.includes('?') ? '&' : '?'}${query}`,
    headers: {},
    deadlineMs,
    answerBytes: messageLimits.pushAnswerBytes,
  });
  await turns.take();
  const attempt = classifyPlain(outcome, address, slug, now());
  return 'status' in outcome ? { ...attempt, status: outcome.status } : attempt;
}

/** What a plain pod can be told of these targets, and a sentence about the others. */
export function plainSlugs(targets: readonly Target[]): { slugs: string[]; leftOut?: string } {
  const slugs = new Set<string>();
  const others = new Map<string, number>();
  for (const target of targets) {
    const slug = 'path' in target && !('scope' in target) ? slugOf(target.path) : '';
    if (slug !== '') slugs.add(slug);
    else others.set(kindOf(target), (others.get(kindOf(target)) ?? 0) + 1);
  }
  if (others.size === 0) return { slugs: [...slugs] };
  const named = [...others].map(([kind, count]) =>
    kind === home ? kind : count === 1 ? `a ${kind}` : `${count} ${kind}s`,
  );
  const list = new Intl.ListFormat('en-GB').format(named);
  return {
    slugs: [...slugs],
    leftOut: `A plain pod takes pages by their slugs alone, so it was not told of ${list}.`,
  };
}

const home = 'the home page, which has no slug';

/** As the route's own senders write it: without the slashes around it, which the route adds as its app wants them. */
function slugOf(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

function kindOf(target: Target): string {
  if ('tag' in target) return 'tag';
  if ('topic' in target) return 'topic';
  return 'scope' in target ? 'route pattern' : home;
}

function classifyPlain(outcome: Outcome, { ip, service }: PodAddress, slug: string, nowMs: number): Attempt {
  if (outcome.kind !== 'answered') {
    return notAnswered(outcome, `${ip} port ${service.port}`, {
      larger: "any such route's",
      redirected:
        ', since the secret would go along. ' +
        'Write the path in EVERYPOD_PODS the way the app serves it, and let a middleware leave it alone.',
    });
  }
  const { status, body } = outcome;
  if (status >= 200 && status < 300) return judge(status, body);
  return notTaken(outcome, nowMs, () => refusal(status, service, slug));
}

function refusal(status: number, { path }: Service, slug: string): string {
  if (status === 401 || status === 403) {
    return `The pod answered ${status}: it did not accept the secret. EVERYPOD_PLAIN_SECRET has to be the one that its route compares with.`;
  }
  if (status === 404 || status === 405) {
    const [route] = path.split('?');
    return `The pod answered ${status}: the route is not at ${route}, or takes no GET. Check the app's route file and EVERYPOD_PODS.`;
  }
  return `The pod answered ${status} and will not take the slug "${slug}".`;
}

/** What shows that something else than the route has answered, or that the route says no, is not passed for a yes. */
function judge(status: number, body: Buffer): Attempt {
  const text = body.toString('utf8').trim();
  if (/^<(?:!doctype|html)\b/i.test(text)) {
    return failed(
      `The pod answered ${status} with a web page, so something else than the route answers there. Check the path in EVERYPOD_PODS and the app's middleware.`,
    );
  }
  if (saysNo(text))
    return failed(`The pod answered ${status}, but says that it is not ok. Its own log says why.`);
  return { state: 'told', retry: false };
}

function saysNo(text: string): boolean {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false;
  } catch {
    return false;
  }
}
