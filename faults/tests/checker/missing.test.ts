import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../src/checker/evidence.ts';
import { noAcceptedEventIsMissing } from '../../src/checker/missing.ts';
import type { Record } from '../../src/chronicle/record.ts';
import { accepted, at, born, probe, reach, read, ready, saved, story } from './story.ts';

const bounds = { boundMs: 20_000, boundWithoutBridgeMs: 80_000 };
const judge = (...parts: (Record | Record[])[]) =>
  noAcceptedEventIsMissing(evidenceOf(story(...parts)), bounds);
const calm = [born(0), reach(0, true), ready(1, 60), saved(5), accepted(6)].flat();

describe('An event that was accepted', () => {
  it('may not be missing on a ready pod once the bound is over', () => {
    const verdict = judge(calm, read(27, 1));
    expect(verdict.judged).toBe(1);
    expect(verdict.faults).toEqual([
      expect.stringContaining('served /a/1 at version 1, 1.0 s after version 2'),
    ]);
  });

  it('may be missing until then', () => {
    expect(judge(calm, read(25, 1), read(30, 2))).toMatchObject({ judged: 1, faults: [] });
  });

  it('may be missing for less long on a pod behind a guard, which has a bound of its own', () => {
    const guarded = [born(0, 0, 4_000), reach(0, true), ready(1, 60), saved(5), accepted(6)].flat();
    expect(judge(guarded, read(21, 1), read(30, 2))).toMatchObject({ judged: 1, faults: [] });
    expect(judge(guarded, read(23, 1)).faults).toHaveLength(1);
  });

  it('is not judged on a pod that nobody has read after the bound', () => {
    expect(judge(calm, read(20, 2))).toMatchObject({ judged: 0, faults: [] });
  });

  it('may not come undone later', () => {
    expect(judge(calm, read(30, 2), read(40, 1)).faults).toHaveLength(1);
  });

  it('is made good by anything newer', () => {
    expect(judge(calm, saved(7, 3, 'event_2'), accepted(8, 'event_2', 2), read(40, 3)).faults).toEqual([]);
  });

  it('is owed for the event’s own version, not only for the last', () => {
    const later = [saved(25, 3, 'event_2'), accepted(26, 'event_2', 2)];
    expect(judge(calm, later, read(30, 2), read(50, 3)).faults).toEqual([]);
    expect(judge(calm, later, read(30, 1)).faults).toHaveLength(1);
  });
});

describe('An event that was never accepted', () => {
  it('is owed by nobody', () => {
    expect(judge(born(0), reach(0, true), ready(1, 60), saved(5), read(50, 1))).toMatchObject({
      judged: 0,
      faults: [],
    });
  });
});

describe('The bound', () => {
  it.each<[string, Record[], number, number]>([
    [
      'does not count time in which the process was frozen',
      [at(10, { what: 'frozen', process: 'host' }), at(18, { what: 'thawed', process: 'host' })],
      33,
      35,
    ],
    [
      'does not count time in which it got no processor',
      [at(16, { what: 'stalled', process: 'host', from: 10_000 })],
      31,
      33,
    ],
    [
      'does not count time in which nobody could probe',
      [at(16, { what: 'stalled', process: 'harness', from: 10_000 })],
      31,
      33,
    ],
    ['begins anew when a probe has failed', [probe(12.5, { status: 0 })], 32, 34],
    ['begins anew when no bridge was in reach', [reach(12, false), reach(14, true)], 33, 35],
    [
      'begins anew when the pod was cut off',
      [
        at(12, { what: 'cut off', ip: '127.64.1.1', reason: 'isolated' }),
        at(14, { what: 'joined', ip: '127.64.1.1', reason: 'isolated' }),
      ],
      33,
      35,
    ],
  ])('%s', (_, disturbance, inTime, tooLate) => {
    expect(judge(calm, disturbance, read(inTime, 1)).faults).toEqual([]);
    expect(judge(calm, disturbance, read(tooLate, 1)).faults).toHaveLength(1);
  });

  it('is the long one while no bridge is in reach', () => {
    const alone = [born(0), reach(0, true), reach(7, false), ready(1, 99), saved(5), accepted(6)].flat();
    expect(judge(alone, read(85, 1)).faults).toEqual([]);
    expect(judge(alone, read(87, 1)).faults).toHaveLength(1);
  });

  it('is not over for a pod that was not ready for so long', () => {
    expect(judge(born(0), reach(0, true), ready(1, 20), saved(5), accepted(6), read(40, 1))).toMatchObject({
      judged: 0,
      faults: [],
    });
  });
});
