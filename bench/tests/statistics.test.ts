import { describe, expect, it } from 'vitest';
import { inTurn } from '../src/figures/in-turn.ts';
import { median, medianExcess, percentile, ratio } from '../src/figures/statistics.ts';

describe('The median', () => {
  it.each([
    [[7], 7],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
    [[1, 1, 1, 1_000], 1],
    [[-2, -4], -3],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('of nothing is an error, not a number', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('What others are more', () => {
  it('is told between neighbours, so that a machine that becomes slower counts for nothing', () => {
    expect(medianExcess([11, 51, 101, 101], [10, 50, 100, 100])).toBe(1);
    expect(medianExcess([2, 2, 90], [1, 1, 1])).toBe(1);
  });

  it('is told of the rounds that both have had', () => {
    expect(medianExcess([3, 3], [1, 1, 1])).toBe(2);
  });
});

describe('A percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);

  it.each([
    [0.5, 50],
    [0.95, 95],
    [0.99, 99],
    [0.991, 100],
    [1, 100],
  ])('%d of 1 to 100 is %d', (part, expected) => {
    expect(percentile(hundred, part)).toBe(expected);
  });

  it('of one value is that value', () => {
    expect(percentile([5], 0.99)).toBe(5);
  });

  it.each([0, -0.1, 1.1, Number.NaN])('of the part %d is an error', (part) => {
    expect(() => percentile(hundred, part)).toThrow(RangeError);
  });
});

describe('A ratio', () => {
  it('says how many times the baseline a value is', () => {
    expect(ratio(30, 20)).toBe(1.5);
    expect(ratio(5, 20)).toBe(0.25);
  });

  it('to nothing is no number', () => {
    expect(ratio(30, 0)).toBeNull();
  });
});

describe('Ways that take turns', () => {
  const noting = (order: string[], name: string) => ({ name, run: async () => order.push(name) });

  it('each run once per round, and each begins a round in its turn', async () => {
    const order: string[] = [];
    const ways = ['a', 'b', 'c'].map((name) => noting(order, name));
    const samples = await inTurn(ways, { rounds: 3, mostMs: 60_000, warmUpRounds: 0 });
    expect(order).toEqual(['a', 'b', 'c', 'b', 'c', 'a', 'c', 'a', 'b']);
    expect(samples.map(({ length }) => length)).toEqual([3, 3, 3]);
  });

  it('are not counted while they warm up', async () => {
    const order: string[] = [];
    const [samples] = await inTurn([noting(order, 'a')], { rounds: 2, mostMs: 60_000, warmUpRounds: 5 });
    expect(order).toHaveLength(7);
    expect(samples).toHaveLength(2);
  });

  it('stop when their time is over, but not before one round', async () => {
    const order: string[] = [];
    const [samples] = await inTurn([noting(order, 'a')], { rounds: 1_000, mostMs: -1, warmUpRounds: 0 });
    expect(samples).toHaveLength(1);
  });

  it('are timed several runs to a sample when one is too short for the clock', async () => {
    const order: string[] = [];
    await inTurn([noting(order, 'a')], { rounds: 2, mostMs: 60_000, warmUpRounds: 0, runsPerSample: 10 });
    expect(order).toHaveLength(20);
  });
});
