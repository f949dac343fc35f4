import { DatabaseSync } from 'node:sqlite';
import { eventSchema, parseSecret, reportSchema, sign } from '@everypod/contract';
import { z } from 'zod';
import type { Addresses } from '../system/addresses.ts';
import { limits } from './limits.ts';

const rowSchema = z.object({ event_id: z.string(), body: z.string() });

/** What WordPress has accepted and could hand to nobody, the oldest first: read from its database, for WordPress is away. */
export function readWaitingRows(databaseFile: string) {
  const database = new DatabaseSync(databaseFile);
  try {
    const rows = database
      .prepare("SELECT event_id, body FROM wp_everypod_outbox WHERE state = 'waiting' ORDER BY id")
      .all();
    return rows.map((row) => {
      const { event_id: id, body } = rowSchema.parse(row);
      return { id, body, event: eventSchema.parse(JSON.parse(body)) };
    });
  } finally {
    database.close();
  }
}

export type WaitingRow = ReturnType<typeof readWaitingRows>[number];

/** Hands an event to the bridge as WordPress would. @returns its sequence in the journal */
export async function deliver(
  { id, body }: { id: string; body: string },
  { bridge }: Addresses,
): Promise<number> {
  const answer = await fetch(`${bridge.url}/v1/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...sign([parseSecret(bridge.secret)], id, Date.now(), body),
    },
    body,
    signal: AbortSignal.timeout(limits.callMs),
  });
  if (!answer.ok) throw new Error(`The bridge answered ${answer.status}: ${await answer.text()}`);
  return reportSchema.parse(await answer.json()).seq;
}
