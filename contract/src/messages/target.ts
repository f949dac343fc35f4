import { z } from 'zod';
import { limits } from '../limits.ts';
import { oneKindOf } from './kinds.ts';

export const pathSchema = z
  .string()
  .min(1)
  .max(limits.pathCharacters, `a path has at most ${limits.pathCharacters} characters`)
  .startsWith('/', 'a path starts with /');

/** What this target shows is to be seen no more: no page that was made before is given to anyone, not even for want of a new one. */
const vanishing = { vanishes: z.literal(true).optional() };

const plainPath = z.strictObject({ path: pathSchema, ...vanishing });

/** A route pattern, such as `/category/[slug]`, or `/` with `layout` for the whole site. */
const routePattern = z.strictObject({ path: pathSchema, scope: z.enum(['page', 'layout']), ...vanishing });

const tag = z.strictObject({
  tag: z.string().min(1).max(limits.tagCharacters, `a tag has at most ${limits.tagCharacters} characters`),
  ...vanishing,
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

/**
 * Beside everything, which names no target: all that has vanished since where the receiver was. Left out where that isn't
 * known, or is too much to name: then it may be anything. Only to who speaks the second protocol.
 */
export const vanishingShape = {
  vanishing: z.array(targetSchema).max(limits.vanishingBesideEverything).optional(),
};
type WithoutVanishing<One> = One extends unknown ? Omit<One, 'vanishes'> : never;
export type PlainTarget = WithoutVanishing<Target>;

/** The whole site at once, for changes too wide to spell out. */
export const wholeSite = { path: '/', scope: 'layout' } as const satisfies Target;

/** What WordPress sends to test its connection: it stands for no state, so being told of it is all there is to it. */
export const connectionTestTopic = 'everypod.connection-test';

/**
 * The journal's key of a target: equal for equal targets, whatever the order of their properties. One that vanishes has a
 * key of its own, so that its number there is that of the last time it did.
 */
export function targetKey(target: Target): string {
  if (vanishes(target)) return `vanishes ${targetKey(plainTarget(target))}`;
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
  if (kind === 'vanishes' && /^(?:tag|path|page|layout) /.test(value)) {
    return { ...targetOfKey(value), vanishes: true };
  }
  throw new Error(
    `No target has the key "${key}": its first word is not path, page, layout, tag or topic, nor vanishes before one of them.`,
  );
}

export function vanishes(target: Target): boolean {
  return 'vanishes' in target && target.vanishes === true;
}

/** Each once, for peers that know of no target that vanishes. */
export function plainTargets(targets: readonly Target[]): PlainTarget[] {
  return [
    ...new Map(targets.map((target) => [targetKey(plainTarget(target)), plainTarget(target)])).values(),
  ];
}

/** The same thing to invalidate, for whom it is all the same whether it vanishes. */
export function plainTarget(target: Target): PlainTarget {
  if (!('vanishes' in target)) return target;
  const { vanishes: _, ...plain } = target;
  return plain;
}
