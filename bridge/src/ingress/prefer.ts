import { limits } from '@everypod/contract';

/** Seconds to wait that `Prefer: wait=N` asks for, at most 30; 0 when it asks for nothing we know (RFC 7240). */
export function waitSeconds(prefer: string | null): number {
  const match = /(?:^|,)\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:[,;]|$)/i.exec(prefer ?? '');
  return match ? Math.min(Number(match[1]), limits.waitSeconds) : 0;
}
