import { createElement, renderToString } from '@wordpress/element';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { stationsOf } from '../../src/report/stations.ts';
import { TimeLine } from '../../src/report/time-line.tsx';
import { placesOf } from '../../src/report/time-line-scale.ts';
import { timeLineLabel } from '../../src/report/time-line-words.ts';
import type { PodLine } from '../../src/rest/shapes.ts';
import { pod, report } from './delivery-fixtures.ts';
import { line, visited, visits } from './visit-fixtures.ts';

const savedAt = '2026-03-01T09:59:59Z';
const stations = (one: PodLine, createdAt = savedAt) => stationsOf(one, report([one]), createdAt);
const inShort = (one: PodLine, createdAt?: string) =>
  stations(one, createdAt).map(({ name, ms }) => `${name} ${ms}`);

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
});

describe('the moments of a change on one pod', () => {
  test('stand in the order in which they came', () => {
    expect(inShort(visited('a', line('made')))).toEqual([
      'saved 0',
      'accepted 1000',
      'applied 1012',
      'fresh 1140',
      'made 8000',
    ]);
    const early = line('made', { madeAt: '2026-03-01T10:00:00.100Z' });
    expect(inShort(visited('a', early)).slice(3)).toEqual(['made 1100', 'fresh 1140']);
  });

  test('are those of catching up, where the pod got there so', () => {
    const caughtUp = { caughtUpAt: '2026-03-01T10:00:04.000Z', visits: visits() };
    expect(inShort(pod('a', 'applied', caughtUp))).toEqual(['saved 0', 'accepted 1000', 'applied 5000']);
  });

  test('end where the pod has not got on', () => {
    expect(inShort(pod('a', 'unreachable'))).toEqual(['saved 0', 'accepted 1000']);
  });

  test("are none of another page's", () => {
    expect(inShort(visited('a', line('made', { path: '/feed' })))).not.toContain('made 8000');
  });

  test('are never before the save, whatever WordPress thinks the time is', () => {
    expect(inShort(visited('a', line('made')), '2026-03-01T10:20:00Z').slice(0, 2)).toEqual([
      'saved 0',
      'accepted 0',
    ]);
  });
});

describe('the line', () => {
  test('holds milliseconds and minutes: no mark covers another, and more time takes more room', () => {
    const places = placesOf(
      [
        { name: 'saved', ms: 0 },
        { name: 'accepted', ms: 0 },
        { name: 'applied', ms: 12 },
        { name: 'made', ms: 60_000 },
      ],
      { width: 200, gap: 26 },
    );
    const steps = places.slice(1).map(({ x }, at) => x - (places[at]?.x ?? 0));
    expect(steps[0]).toBe(26);
    expect(steps[1]).toBeGreaterThan(26);
    expect(steps[2]).toBeGreaterThan(steps[1] ?? 0);
    expect(places.at(-1)?.x).toBeCloseTo(200);
  });

  test('of moments that all came at once has their least length', () => {
    const places = placesOf(
      [
        { name: 'saved', ms: 0 },
        { name: 'accepted', ms: 0 },
      ],
      { width: 200, gap: 26 },
    );
    expect(places.map(({ x }) => x)).toEqual([0, 26]);
  });

  test('is read out by its moments', () => {
    expect(timeLineLabel('nextjs-a', stations(visited('a', line('made'))), savedAt, () => '10:59:59')).toBe(
      'Time line of nextjs-a: saved at 10:59:59, accepted after 1.0 s, applied after 1.0 s, fresh after 1.1 s, made after 8.0 s',
    );
  });

  test('is one picture with that name, fits the sidebar and has a word for each moment', () => {
    const one = visited('a', line('made'));
    const markup = renderToString(
      createElement(TimeLine, { pod: one, report: report([one]), createdAt: savedAt }),
    );
    expect(markup).toMatch(
      /<svg[^>]* viewBox="0 0 248 40"[^>]* role="img"[^>]* aria-label="Time line of a: saved at /,
    );
    expect(markup.match(/<text/g)).toHaveLength(5);
    for (const [, x] of markup.matchAll(/cx="([\d.]+)"/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(28);
      expect(Number(x)).toBeLessThanOrEqual(220.01);
    }
  });
});
