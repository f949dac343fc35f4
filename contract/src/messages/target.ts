import { z } from 'zod';
import { limits } from '../limits.ts';
import { oneKindOf } from './kinds.ts';

export const pathSchema = z
  .string()
  .min(1)
  .max(limits.pathCharacters, `a path has at most ${limits.pathCharacters} characters`)
  .startsWith('/', 'a path starts with /');

const plainPath = z.strictObject({ path: pathSchema });

/** A route pattern, such as `/category/[slug]`, or `/` with `layout` for the whole site. */
const routePattern = z.strictObject({ path: pathSchema, scope: z.enum(['page', 'layout']) });

const tag = z.strictObject({
  tag: z.string().min(1).max(limits.tagCharacters, `a tag has at most ${limits.tagCharacters} characters`),
});

/** Any in-memory state other than pages: a service registers a handler for its topic. */
const topic = z.strictObject({
  topic: z
    .string()
    .max(limits.topicCharacters)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]*$/, 'a topic is made of letters, digits and . _ : / -'),
});

/** One thing to invalidate. One of a kind that is not known here is refused: nobody could apply it. */
export const targetSchema = oneKindOf([plainPath, routePattern, tag, topic]);
export type Target = z.infer<typeof targetSchema>;

/** The whole site at once, for changes too wide to spell out. */
export const wholeSite: Target = { path: '/', scope: 'layout' };

/** What WordPress sends to test its connection: it stands for no state, so being told of it is all there is to it. */
export const connectionTestTopic = 'everypod.connection-test';

/** The journal's key of a target: equal for equal targets, whatever the order of their properties. */
export function targetKey(target: Target): string {
  if ('tag' in target) return `tag ${target.tag}`;
  if ('topic' in target) return `topic ${target.topic}`;
  return 'scope' in target ? `${target.scope} ${target.path}` : `path ${target.path}`;
}

/** The inverse of {@link targetKey}. Throws on a key that it did not make. */
export function targetOfKey(key: string): Target {
  const space = key.indexOf(' ');
  const kind = key.slice(0, space);
  const value = key.slice(space + 1);
  if (kind === 'tag') return { tag: value };
  if (kind === 'topic') return { topic: value };
  if (kind === 'path') return { path: value };
  if (kind === 'page' || kind === 'layout') return { path: value, scope: kind };
  throw new Error(`No target has the key "${key}": its first word is not path, page, layout, tag or topic.`);
}
