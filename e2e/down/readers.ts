import { setTimeout as delay } from 'node:timers/promises';
import { readCopy } from '../../demo/src/wall/copies/copy.ts';
import type { Pod } from '../system/addresses.ts';
import { limits } from './limits.ts';

/** One page of one pod. */
export type Place = { pod: Pod; path: string };
/** What a reader was given; `status` 0 is no answer at all. */
export type Read = {
  pod: string;
  path: string;
  beganAtMs: number;
  endedAtMs: number;
  status: number;
  /** Equal where a reader sees the same. */
  content: string;
  sharedForSeconds: number | null;
  html: string;
};

/** Whoever could read a page is given an error, or nothing. */
export const isError = ({ status }: { status: number }) => status === 0 || status >= 500;

export const placeKey = ({ pod, path }: { pod: string; path: string }) => `${pod}${path}`;

export async function read({ pod, path }: Place): Promise<Read> {
  const beganAtMs = performance.now();
  const given = (status: number, html: string, cacheControl: string | null): Read => {
    const lifetime = /s-maxage=(\d+)/.exec(cacheControl ?? '')?.[1];
    const sharedForSeconds = lifetime === undefined ? null : Number(lifetime);
    const { content } = readCopy(status, html);
    const endedAtMs = performance.now();
    return { pod: pod.name, path, beganAtMs, endedAtMs, status, content, sharedForSeconds, html };
  };
  try {
    const answer = await fetch(`${pod.url}${path}`, { signal: AbortSignal.timeout(limits.readMs) });
    return given(answer.status, await answer.text(), answer.headers.get('cache-control'));
  } catch (error) {
    return given(0, String(error), null);
  }
}

export type Readers = { reads: Omit<Read, 'html'>[]; stop(): Promise<void> };

/** People who read all of these pages on all pods, one after the other, over and over. */
export function startReaders(places: readonly Place[]): Readers {
  const reads: Omit<Read, 'html'>[] = [];
  const end = new AbortController();
  let next = 0;
  const reader = async () => {
    while (!end.signal.aborted) {
      const place = places[next++ % places.length];
      if (place === undefined) return;
      const { html: _, ...seen } = await read(place);
      reads.push(seen);
      await delay(limits.readPauseMs, undefined, { signal: end.signal }).catch(() => {});
    }
  };
  const all = Promise.all(Array.from({ length: limits.readers }, reader));
  return {
    reads,
    async stop() {
      end.abort();
      await all;
    },
  };
}
