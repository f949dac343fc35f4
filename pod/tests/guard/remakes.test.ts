import { describe, expect, it } from 'vitest';
import { type Made, Remakes } from '../../src/guard/remakes.ts';

const made = (tick: number, stored: boolean): Made => ({ value: null, tick, stored });

/** A page whose renders come to one after the other of these, each when it is asked for. */
function pageOf(...renders: (Made | Error | null)[]) {
  const remakes = new Remakes();
  let asked = 0;
  const ask = async () => {
    const render = renders[asked] ?? null;
    asked += 1;
    if (render instanceof Error) throw render;
    if (render !== null) remakes.tell('/p', render);
  };
  return { remakes, since: (tick: number) => remakes.since(tick, '/p', ask), asked: () => asked };
}

describe('a page that somebody waits for', () => {
  it.each<[what: string, renders: Made[], tick: number, asked: number]>([
    ['stored', [made(5, true)], 5, 1],
    ['begun before, and stored for all that', [made(3, true)], 3, 1],
    ['begun since, and not to be stored any more', [made(5, false)], 5, 1],
    ['begun before and too late, so that it is asked for again', [made(3, false), made(5, true)], 5, 2],
  ])('is the one %s', async (_, renders, tick, asked) => {
    const page = pageOf(...renders);
    expect(await page.since(5)).toMatchObject({ tick });
    expect(page.asked()).toBe(asked);
  });

  it('is made once for all who wait', async () => {
    const page = pageOf(made(5, true));
    await Promise.all([page.since(5), page.since(4), page.since(5)]);
    expect(page.asked()).toBe(1);
  });

  it('fails with its render, and is asked for again by the next', async () => {
    const page = pageOf(new Error('Invalid response 500'), made(5, true));
    await expect(page.since(5)).rejects.toThrow('500');
    expect(await page.since(5)).toMatchObject({ stored: true });
  });

  it('that Next.js never gave to the cache is an error, after a few times', async () => {
    const page = pageOf();
    await expect(page.since(5)).rejects.toThrow('/p was not made anew');
    expect(page.asked()).toBe(3);
  });

  it('that is made, and is not what was hoped for, is one all the same', async () => {
    const remakes = new Remakes();
    const ask = async () => {
      remakes.tell('/p', made(5, true));
      throw new Error('Invalid response 307');
    };
    expect(await remakes.since(5, '/p', ask)).toMatchObject({ stored: true });
  });
});
