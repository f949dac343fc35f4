import {
  type AnswerTrust,
  askDirected,
  getBody,
  limits as messageLimits,
  newMessageId,
  type Secret,
  type ServedPages,
  servedPagesSchema,
  sign,
} from '@everypod/contract';
import type { PodAddress } from '../discovery/service.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import { messageIn } from './ask-pod.ts';

export type AskPagesOptions = {
  address: PodAddress;
  /** The first page that is wanted, counted from 0. */
  from: number;
  secrets: readonly Secret[];
  answers: AnswerTrust;
  deadlineMs?: number;
  now?: () => number;
};

/** Asks a pod which pages it serves. Null for whatever is no signed answer to this very question. Never throws. */
export async function askPages({
  address,
  from,
  secrets,
  answers,
  deadlineMs = limits.pushDeadlineMs,
  now = Date.now,
}: AskPagesOptions): Promise<ServedPages | null> {
  const { service, ip } = address;
  const id = newMessageId('pages');
  const path = `${service.path}${service.path.includes('?') ? '&' : '?'}pages=${from}`;
  const signed = getBody(path);
  const outcome = await call({
    protocol: service.protocol,
    connectTo: ip,
    port: service.port,
    host: service.host,
    serverName: service.fixed ? '' : service.hostname,
    method: 'GET',
    path,
    headers: { ...askDirected, ...sign(secrets, id, now(), signed) },
    deadlineMs,
    answerBytes: messageLimits.servedPagesBytes,
  });
  const asked = { answers, peer: address.key, secrets, id, signed, nowMs: now() };
  return messageIn(outcome, servedPagesSchema, asked);
}
