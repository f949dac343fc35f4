import { type Cursor, cursorSchema, getBody, newMessageId, type Secret, sign } from '@everypod/contract';
import { z } from 'zod';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';

export type Probe =
  | { passed: true; cursor: Cursor | null; settled: Cursor | null }
  | { passed: false; reason: string };

const readySchema = z.object({
  cursor: cursorSchema.nullable().default(null),
  settled: cursorSchema.nullable().default(null),
});
const notReadySchema = z.object({ reason: z.string() });

const path = '/siteapi/ready';

/** One readiness probe. As for kubelet, the status decides; the body only tells more, and only who has the pod secret. */
export async function probe(url: string, secret: Secret, signal?: AbortSignal): Promise<Probe> {
  const answer = await call(url + path, {
    headers: sign([secret], newMessageId('demo'), Date.now(), getBody(path)),
    timeoutMs: limits.probeTimeoutMs,
    ...(signal && { signal }),
  });
  if ('unanswered' in answer) return { passed: false, reason: answer.unanswered };
  const body = parse(answer.body.toString('utf8'));
  if (answer.status < 200 || answer.status >= 400) {
    const told = notReadySchema.safeParse(body);
    return { passed: false, reason: told.success ? told.data.reason : `It answered ${answer.status}.` };
  }
  const told = readySchema.safeParse(body);
  return { passed: true, cursor: told.data?.cursor ?? null, settled: told.data?.settled ?? null };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
