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
  final: false,
  seq: 4,
  counts,
  ms: 87,
};

it.each([
  ['an event', event, 'post.updated is applied, pods: 3 applied, after 87 ms'],
  [
    'an event that has settled, which may be called fresh',
    { ...event, state: 'settled', final: true, counts: { ...counts, settled: 3 }, ms: 10_123 },
    'post.updated is settled: fresh on 3 pods, after 10.1 s',
  ],
  [
    'an event that has settled where it could',
    { ...event, state: 'settled', final: true, counts: { ...counts, applied: 1, gone: 2, settled: 1 } },
    'post.updated is settled: fresh on 1 pod, 2 gone, after 87 ms',
  ],
  [
    'an event whose time was over before it had settled',
    { ...event, final: true, counts: { ...counts, settled: 2 }, ms: 60_004 },
    'post.updated is applied but has not settled on every pod, pods: 3 applied, after 60.0 s',
  ],
  [
    'an event that a pod missed',
    { ...event, state: 'accepted', final: true, counts: { ...counts, applied: 2, unreachable: 1 } },
    'post.updated is accepted, pods: 2 applied, 1 unreachable, after 87 ms',
  ],
  [
    'an event that met no pods',
    {
      ...event,
      state: 'accepted',
      final: true,
      counts: { ...counts, pods: 0, applied: 0 },
      reason: 'DNS lists no pod.',
    },
    'post.updated is accepted, after 87 ms. DNS lists no pod.',
  ],
  [
    'a pod that catches up',
    { level: 30, msg: 'a pod catches up', pod: 'nextjs-b', upTo: 4, targets: 1 },
    'nextjs-b catches up with 1 target',
  ],
  [
    'a pod that was born from an old build',
    { level: 30, msg: 'a pod starts over', pod: 'nextjs-d', why: 'before this epoch' },
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
