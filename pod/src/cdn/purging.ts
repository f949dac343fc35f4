import { type CdnTagsOfTargets, limits, type Target, targetSchema } from '@everypod/contract';
import { planOf, planOfEverything } from '../apply/plan.ts';
import { tagOfCall } from '../apply/tags.ts';
import type { Life } from '../life.ts';
import { answerSigned } from '../push/signed-get.ts';

const parameter = 'cdn';

/** Whether a GET asks what has to be purged from a CDN. */
export function asksForCdnTags(request: Request): boolean {
  return new URL(request.url).searchParams.has(parameter);
}

/** "By which tags does the CDN forget that?" Told to nobody who does not sign with the pod secret. */
export function answerCdnTags(request: Request, life: Life): Response {
  return answerSigned<CdnTagsOfTargets>(request, life, (asked, pod) => {
    const targets = targetsAsked(asked);
    if ('wrong' in targets) return targets;
    const cdn = life.guarding()?.guard.cdn;
    const header = cdn?.header ?? null;
    return { pod, header, tags: header === null ? [] : (cdn?.purging(tagsOf(targets, life)) ?? []) };
  });
}

type Asked = { everything: true } | { targets: readonly Target[] };

/** What was asked about, or a sentence that says what is wrong with it. */
function targetsAsked(asked: URLSearchParams): Asked | { wrong: string } {
  const about = asked.get(parameter);
  if (about === 'everything') return { everything: true };
  if (about !== 'tags')
    return { wrong: 'cdn is tags, with path, page, layout and tag beside it, or everything.' };
  const given = [
    ...asked.getAll('path').map((path) => ({ path })),
    ...(['page', 'layout'] as const).flatMap((scope) => asked.getAll(scope).map((path) => ({ path, scope }))),
    ...asked.getAll('tag').map((tag) => ({ tag })),
  ];
  if (given.length === 0)
    return { wrong: 'Say what has changed: path, page, layout or tag, each as often as you like.' };
  if (given.length > limits.cdnTargets)
    return { wrong: `Ask about at most ${limits.cdnTargets} targets at once.` };
  const parsed = targetSchema.array().safeParse(given);
  return parsed.success
    ? { targets: parsed.data }
    : { wrong: parsed.error.issues[0]?.message ?? 'That is no target.' };
}

/** By the same tags as pages go on the pod, and those that Next.js would not let go there: a CDN lets them go. */
function tagsOf(asked: Asked, { applying }: Life): string[] {
  const { routes, ...site } = applying.site();
  const open = { ...site, routes: routes && { ...routes, closed: () => null } };
  const plan = 'everything' in asked ? null : planOf(asked.targets, open, new Set());
  const { calls } = plan === null || plan.tooMany ? planOfEverything(open) : plan;
  return calls.map(tagOfCall);
}
