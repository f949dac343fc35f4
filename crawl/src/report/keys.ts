import type { Delivered } from '../deliveries/deliveries.ts';

type Target = { path?: string; scope?: string; tag?: string; topic?: string };

/** What the events of an action name, by kind: `3 paths, 1 post, 2 hashed`. */
export function keysOf({ events }: Delivered): string {
  const targets: Target[] = events.flatMap(({ report }) => report.targets);
  const counted = Map.groupBy(targets, kindOf);
  return [...counted]
    .toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .map(([kind, all]) => (kind === 'the whole site' ? kind : `${all.length} ${kind}`))
    .join(', ');
}

const order = ['the whole site', 'path', 'post', 'term', 'author', 'list', 'hashed', 'own tag', 'topic'];

function kindOf({ path, scope, tag }: Target): string {
  if (path === '/' && scope === 'layout') return 'the whole site';
  if (path !== undefined) return 'path';
  if (tag === undefined) return 'topic';
  if (tag.startsWith('wp:#')) return 'hashed';
  const kind = /^wp:(post|term|author)\b/.exec(tag)?.[1];
  if (kind !== undefined) return kind;
  return /^wp:(front-page|archive)/.test(tag) ? 'list' : 'own tag';
}
