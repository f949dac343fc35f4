import { expect, it } from 'vitest';
import { eventLine } from '../src/events/events.ts';

const counts = {
  pods: 3,
  asked: 0,
  applied: 3,
  behind: 0,
  refused: 0,
  failed: 0,
  unreachable: 0,
  starting: 0,
  gone: 0,
  settled: 0,
};
const event = {
  level: 30,
  msg: 'event',
  id: 'event_1',
  change: 'post.updated',
  state: 'applied',
  seq: 4,
  counts,
  ms: 87,
};

it.each([
  ['an event', event, 'post.updated is applied, pods: 3 applied, after 87 ms'],
  [
    'an event that a pod missed',
    { ...event, state: 'accepted', counts: { ...counts, applied: 2, unreachable: 1 } },
    'post.updated is accepted, pods: 2 applied, 1 unreachable, after 87 ms',
  ],
  [
    'an event that met no pods',
    { ...event, state: 'accepted', counts: { ...counts, pods: 0, applied: 0 }, reason: 'DNS lists no pod.' },
    'post.updated is accepted, after 87 ms. DNS lists no pod.',
  ],
  [
    'a pod that catches up',
    { level: 30, msg: 'a pod catches up', pod: { name: 'nextjs-b' }, upTo: 4, targets: 1 },
    'nextjs-b catches up with 1 target',
  ],
  [
    'a pod that was born from an old build',
    { level: 30, msg: 'a pod starts over', pod: { name: 'nextjs-d' }, why: 'before this epoch' },
    'nextjs-d invalidates everything, because what it missed is not known',
  ],
  [
    'a warning',
    { level: 40, msg: 'a message was not trusted', cause: 'too old' },
    'bridge: a message was not trusted',
  ],
])('%s is one line', (_, logged, line) => {
  expect(eventLine(JSON.stringify(logged))).toBe(line);
});

it.each([
  ['what only the log needs', JSON.stringify({ level: 30, msg: 'listening', port: 8881 })],
  ['what is no JSON', 'Error: something'],
  ['an empty line', ''],
])('%s is passed over', (_, logged) => {
  expect(eventLine(logged)).toBeNull();
});
