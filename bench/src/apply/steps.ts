import { type Push, parseSecrets, plainTarget, pushSchema, verify } from '@everypod/contract';
import type { Way } from '../figures/in-turn.ts';
import type { RecordingPod } from './recording-pod.ts';
import type { SignedPushes } from './signed-pushes.ts';

/** The whole handler, two parts of it alone, and the same job written by hand. */
export function stepsOf(pod: RecordingPod, { body, headers, next }: SignedPushes, secret: string): Way[] {
  const secrets = parseSecrets(secret);
  const bytes = Buffer.from(body);
  const given = new Headers(headers);
  return [
    { name: 'whole', run: () => pod.take(next()) },
    { name: 'HMAC', run: async () => verify(secrets, given, bytes, Date.now()) },
    { name: 'parsing', run: async () => pushSchema.parse(JSON.parse(bytes.toString('utf8'))) },
    { name: 'by hand', run: () => byHand(next()) },
  ];
}

async function byHand(request: Request): Promise<string> {
  const { targets }: Push = JSON.parse(await request.text());
  const told: string[] = [];
  for (const target of targets) told.push(...Object.values(plainTarget(target)));
  return Response.json({ revalidated: told.length }).text();
}
