import { describe, expect, test } from 'vitest';
import { announcementOf } from '../../src/report/announcement.ts';
import { delivery, pod, report, unreachable } from './delivery-fixtures.ts';

const underWay = delivery({ report: report([pod('a', 'asked')]) });
const done = delivery({ report: report([pod('a', 'applied')], { final: true, state: 'applied' }) });
const stuck = delivery({ state: 'waiting', problem: unreachable });

describe('a screen reader hears', () => {
  test('the end of a delivery, once', () => {
    expect(announcementOf(underWay, done)).toBe('Applied by the only pod.');
    expect(announcementOf(done, done)).toBeNull();
  });

  test('the end of the next delivery too', () => {
    expect(announcementOf(done, { ...done, id: 'evt_2' })).toBe('Applied by the only pod.');
  });

  test('a problem, once', () => {
    const words = "The bridge has not accepted this change yet. The bridge can't be reached.";
    expect(announcementOf(null, stuck)).toBe(words);
    expect(announcementOf(stuck, { ...stuck, attempts: 2 })).toBeNull();
  });

  test('nothing while pods are still answering', () => {
    expect(announcementOf(null, underWay)).toBeNull();
    expect(announcementOf(underWay, underWay)).toBeNull();
  });
});
