import { limits as messageLimits, type Why, type WhyEntry } from '@everypod/contract';
import { spellingsOf } from '../apply/spellings.ts';
import type { KnownPage } from '../guard/known-pages.ts';
import { pagePathOf } from '../guard/makings.ts';
import { blindTag, isUnknown, knownTag, ofKey, withKeyTags } from '../keys/key.ts';
import type { Life } from '../life.ts';
import { answerSigned } from '../push/signed-get.ts';

/** Whether a GET asks why a page would go. */
export function asksWhy(request: Request): boolean {
  return new URL(request.url).searchParams.has('why');
}

/** "By what does this page go, and would it with that?" Told to nobody who does not sign with the pod secret. */
export function answerWhy(request: Request, life: Life): Response {
  return answerSigned<Why>(request, life, (asked, pod) => {
    const path = asked.get('why') ?? '';
    const tags = asked.getAll('tag');
    if (!path.startsWith('/') || path.length > messageLimits.pathCharacters)
      return { wrong: 'why is a path, such as /hello.' };
    if (tags.length > messageLimits.whyTags)
      return { wrong: `Ask about at most ${messageLimits.whyTags} tags.` };
    const guard = life.guarding()?.guard ?? null;
    const { basePath } = life.applying.site();
    const spelled = spellingsOf(path, basePath).spellings.map((one) => `${basePath}${one}`);
    return {
      pod,
      path,
      cdn: guard?.cdn.header ?? null,
      entries: (guard?.pages.at(new Set(spelled)) ?? [])
        .slice(0, messageLimits.whyEntries)
        .map((page) => entryOf(page, tags)),
    };
  });
}

function entryOf({ key, tags: text, storedAtMs }: KnownPage, asked: readonly string[]): WhyEntry {
  const all = text === '' ? [] : text.split(',');
  const own = new Set(all);
  const is = isUnknown(text) ? 'unknown' : own.has(blindTag) ? 'blind' : 'known';
  const isMark = (tag: string) => tag === knownTag || tag === blindTag;
  const named = (tag: string) => (tag.startsWith(ofKey) ? tag.slice(ofKey.length) : tag);
  const by = (tag: string) => {
    const found = withKeyTags([tag]).filter((one) => own.has(one) || (one === blindTag && is !== 'known'));
    const exact = found.find((one) => one !== blindTag) ?? found[0];
    return exact === undefined ? null : exact === blindTag ? is : named(exact);
  };
  return {
    servedBy: pagePathOf(key),
    is,
    keys: all
      .filter((tag) => tag.startsWith(ofKey) && !isMark(tag))
      .map(named)
      .slice(0, messageLimits.whyNames),
    tags: all.filter((tag) => !tag.startsWith(ofKey)).slice(0, messageLimits.whyNames),
    storedAt: storedAtMs === null || storedAtMs <= 0 ? null : new Date(storedAtMs).toISOString(),
    goes: asked.map((tag) => ({ tag, by: by(tag) })),
  };
}
