import type { Record } from '../../src/chronicle/record.ts';

type WithoutTime<T> = T extends Record ? Omit<T, 'at'> : never;

export const instance = 'life-of-a';
export const epoch = 'epoch-one';
const ip = '127.64.1.1';
const everySecond = Array.from({ length: 100 }, (_, second) => second);

export const at = (second: number, record: WithoutTime<Record>) =>
  ({ at: second * 1_000, ...record }) as Record;

export const born = (second: number, contentFrom = second, shorterMs = 0) =>
  at(second, {
    what: 'born',
    ip,
    pod: 'a',
    instance,
    host: 'host',
    contentFrom: contentFrom * 1_000,
    logs: true,
    guarded: shorterMs > 0,
    shorterMs,
  });

export const saved = (second: number, version = 2, id = 'event_1') =>
  at(second, { what: 'saved', id, effects: [{ path: '/a/1', version }], targets: ['tag article:1'] });

export const accepted = (second: number, id = 'event_1', seq = 1) =>
  at(second, { what: 'accepted', id, seq });

export const applied = (second: number, key = 'tag article:1') =>
  at(second, { what: 'applied', instance, keys: [key] });

export const read = (second: number, version: number, first = false) =>
  at(second, { what: 'read', from: second * 1_000, ip, instance, versions: { '/a/1': version }, first });

export const reach = (second: number, inReach: boolean) => at(second, { what: 'reach', inReach });

type Standing = { seq?: number; settled?: number; status?: number; of?: string };

export const probe = (second: number, { seq, settled, status = 200, of = instance }: Standing = {}) =>
  at(second, {
    what: 'probe',
    from: second * 1_000,
    ip,
    status,
    instance: of,
    cursor: seq === undefined ? null : { epoch, seq },
    settled: settled === undefined ? null : { epoch, seq: settled },
    readyBy: 'catch-up',
  });

/** A pod that is probed every second from `from` to `to`, and is ready all the time. */
export const ready = (from: number, to: number) =>
  everySecond.filter((second) => second >= from && second <= to).map((second) => probe(second));

/** In the order of time, as the chronicles are read. */
export const story = (...parts: (Record | Record[])[]): Record[] =>
  parts.flat().sort((one, other) => one.at - other.at);
