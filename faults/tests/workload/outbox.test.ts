import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOutbox } from '../../src/workload/outbox.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'everypod-outbox-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => join(folder, 'outbox.jsonl');
const row = (id: string, version: number) => ({
  id,
  body: '{}',
  targets: ['tag article:1'],
  effects: [{ path: '/a/1', version }],
});

describe('The outbox', () => {
  it('keeps what waits when its sender is killed', () => {
    const outbox = openOutbox(file());
    outbox.add(row('event_1', 2));
    outbox.add(row('event_2', 3));
    outbox.accepted('event_1');
    expect(openOutbox(file()).waiting()).toEqual([row('event_2', 3)]);
  });

  it('knows which versions it has told of, also of events that no longer wait', () => {
    const outbox = openOutbox(file());
    outbox.add(row('event_1', 2));
    outbox.accepted('event_1');
    expect(openOutbox(file()).told().get('/a/1')).toBe(2);
  });

  it('passes over a line that was cut off', () => {
    openOutbox(file()).add(row('event_1', 2));
    appendFileSync(file(), '{"row":{"id":"event_2","bo');
    expect(openOutbox(file()).waiting()).toHaveLength(1);
  });
});
