import { describe, expect, test } from 'vitest';
import { announcementOf } from '../../src/report/announcement.ts';
import { acceptedAt, delivery, pod, report, unreachable } from './delivery-fixtures.ts';

const underWay = delivery({ report: report([pod('a', 'asked')]) });
const applied = delivery({ report: report([pod('a', 'applied')], { state: 'applied' }) });
const settled = delivery({
  report: report([pod('a', 'applied', { settledAt: acceptedAt })], { final: true, state: 'settled' }),
});
const stuck = delivery({ state: 'waiting', problem: unreachable });

describe('a screen reader hears', () => {
  test('that every pod has it, once', () => {
    expect(announcementOf(underWay, applied)).toBe('Applied by the only pod; settling.');
    expect(announcementOf(applied, applied)).toBeNull();
  });

  test('that visitors get an old page, once, and that they no longer do', () => {
    const old = delivery({
      report: report([pod('a', 'applied', { keeps: true })], { state: 'applied' }),
    });
    expect(announcementOf(applied, old)).toMatch(/^Old on the only pod/);
    expect(announcementOf(old, old)).toBeNull();
    expect(announcementOf(old, settled)).toBe('Fresh on the only pod.');
  });

  test('the end of a delivery, once', () => {
    expect(announcementOf(applied, settled)).toBe('Fresh on the only pod.');
    expect(announcementOf(settled, settled)).toBeNull();
  });

  test('the end of the next delivery too', () => {
    expect(announcementOf(settled, { ...settled, id: 'evt_2' })).toBe('Fresh on the only pod.');
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
