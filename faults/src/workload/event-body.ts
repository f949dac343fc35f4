import type { Target } from '@everypod/contract';

/** The raw body of one event, as it is signed. */
export function eventBody(
  change: string,
  subject: string,
  targets: readonly Target[],
  nowMs = Date.now(),
): string {
  return JSON.stringify({
    type: 'content.changed',
    timestamp: new Date(nowMs).toISOString(),
    data: {
      site: 'http://site.example',
      change,
      subject: { kind: 'post', id: subject },
      actor: null,
      targets,
    },
  });
}
