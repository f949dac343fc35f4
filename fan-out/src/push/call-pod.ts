import { askDirected, limits as messageLimits, newMessageId, type Secret, sign } from '@everypod/contract';
import type { PodAddress } from '../discovery/service.ts';
import { call, type Outcome } from '../outbound.ts';
import type { Turns } from './turns.ts';

type PodCall = {
  address: PodAddress;
  /** What the id begins with. */
  kind: 'push' | 'settled' | 'make';
  message: object;
  /** Newest first; all of them sign. */
  secrets: readonly Secret[];
  deadlineMs: number;
  /** Calls it off. */
  signal?: AbortSignal | undefined;
  now: () => number;
  /** The answer is handed on in one of these. */
  turns: Turns;
};

/**
 * Posts one message to a pod's push route under an id of its own, so that an old answer can't stand for a new one. What
 * was signed comes back too, since the answer is signed for it. Never throws.
 */
export async function callPod({
  address,
  kind,
  message,
  secrets,
  deadlineMs,
  signal,
  now,
  turns,
}: PodCall): Promise<{
  outcome: Outcome;
  id: string;
  signed: string;
}> {
  const id = newMessageId(kind);
  const signed = JSON.stringify(message);
  const { service } = address;
  const outcome = await call({
    protocol: service.protocol,
    connectTo: address.ip,
    port: service.port,
    host: service.host,
    serverName: service.fixed ? '' : service.hostname,
    method: 'POST',
    path: service.path,
    headers: { 'content-type': 'application/json', ...askDirected, ...sign(secrets, id, now(), signed) },
    body: signed,
    deadlineMs,
    answerBytes: messageLimits.pushAnswerBytes,
    ...(signal !== undefined && { signal }),
  });
  await turns.take();
  return { outcome, id, signed };
}
