import { setTimeout as sleep } from 'node:timers/promises';
import { getBody, newMessageId, parseSecrets, reportSchema, sign } from '@everypod/contract';
import { createEvents } from '../ingest/events.ts';
import { limits } from '../limits.ts';
import { expectAccepted } from '../outbound.ts';

/** Milliseconds of each: a save, one that waits for the pods' first answers, and one question of a panel. */
export type Waited = { save: number[]; waiting: number[]; poll: number[] };

/** Editors who save at a steady pace, however long it takes, and the panels of some of them. */
export function createSaves(url: string, secret: string) {
  const events = createEvents(secret);
  const secrets = parseSecrets(secret);

  async function poll(id: string, into: number[]) {
    const path = `/v1/events/${id}`;
    for (const afterMs of limits.visitsPollsMs) {
      await sleep(afterMs);
      const headers = sign(secrets, newMessageId('get'), Date.now(), getBody(path));
      const startedAt = performance.now();
      const answer = await expectAccepted(url + path, { headers: { ...headers, ...speaksSecond } });
      into.push(performance.now() - startedAt);
      if (reportSchema.parse(JSON.parse(answer.toString('utf8'))).final) return;
    }
  }

  async function save(nth: number, waited: Waited) {
    const { headers, body } = events.next();
    const waits = nth % limits.visitsWaitingOneIn === 0;
    const prefer = `wait=${waits ? limits.visitsWaitSeconds : 0}`;
    const startedAt = performance.now();
    await expectAccepted(`${url}/v1/events`, {
      method: 'POST',
      headers: { ...headers, ...speaksSecond, prefer },
      body,
      deadlineMs: limits.visitsSaveDeadlineMs,
    });
    waited[waits ? 'waiting' : 'save'].push(performance.now() - startedAt);
    if (nth % limits.visitsPanelOneIn === 1) await poll(headers['webhook-id'] ?? '', waited.poll);
  }

  return {
    /** Resolves once the last panel has asked its last. */
    async during(mostMs: number): Promise<Waited> {
      const waited: Waited = { save: [], waiting: [], poll: [] };
      const startedAt = performance.now();
      const everyMs = 1_000 / limits.visitsEventsPerSecond;
      const all: Promise<void>[] = [];
      for (let nth = 0; nth * everyMs < mostMs; nth += 1) {
        await sleep(Math.max(0, startedAt + nth * everyMs - performance.now()));
        all.push(save(nth, waited));
      }
      await Promise.all(all);
      return waited;
    },
  };
}

const speaksSecond = { 'everypod-protocol': '2' };
