import {
  type AnswerTrust,
  askDirected,
  limits as messageLimits,
  newMessageId,
  type Push,
  type Secret,
  sign,
  speaksSecond,
} from '@everypod/contract';
import type { PodAddress } from '../discovery/service.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import type { Attempt } from './attempt.ts';
import { classify } from './classify.ts';

export type PushOnceOptions = {
  address: PodAddress;
  push: Push;
  /** Newest first; all of them sign. */
  secrets: readonly Secret[];
  answers: AnswerTrust;
  deadlineMs?: number;
  now?: () => number;
};

/** Sends one push under an id of its own, so that an old answer can't stand for a new one. Never throws. */
export async function pushOnce({
  address,
  push,
  secrets,
  answers,
  deadlineMs = limits.pushDeadlineMs,
  now = Date.now,
}: PushOnceOptions): Promise<Attempt> {
  const id = newMessageId('push');
  const body = JSON.stringify(push);
  const { service } = address;
  const outcome = await call({
    protocol: service.protocol,
    connectTo: address.ip,
    port: service.port,
    host: service.host,
    serverName: service.fixed ? '' : service.hostname,
    method: 'POST',
    path: service.path,
    headers: { 'content-type': 'application/json', ...askDirected, ...sign(secrets, id, now(), body) },
    body,
    deadlineMs,
    answerBytes: messageLimits.pushAnswerBytes,
  });
  const attempt = classify(outcome, { address, push, secrets, answers, id, signed: body, nowMs: now() });
  if (!('status' in outcome)) return attempt;
  const isSecond = attempt.answer !== undefined && 'headers' in outcome && speaksSecond(outcome.headers);
  return { ...attempt, status: outcome.status, ...(isSecond && { speaksSecond: true as const }) };
}
