import { hostname } from 'node:os';
import type { Attempt, PodAddress } from '@everypod/fan-out';
import { limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { OpenEvent } from '../report/open-event.ts';

/** The lines that people look for in a log: whom an event goes to, and what each answered. No URL stands in them. */
export function logFanOutFrom(log: Log, { id }: OpenEvent, addresses: readonly PodAddress[]) {
  const named = addresses.slice(0, limits.podsNamedInLog).map(({ ip }) => ip);
  const more = addresses.length - named.length;
  const list = `[${named.join(', ')}]${more > 0 ? ` and ${more} more` : ''}`;
  log.info({ id, pods: addresses.length }, `[revalidate] fan-out from ${hostname()} to ${list}`);
}

/** One line for each attempt that was answered, whatever number of events and targets it carried. */
export function logFanOutTo(
  log: Log,
  { ip }: PodAddress,
  { status }: Attempt,
  ms: number,
  carried: Iterable<OpenEvent>,
) {
  if (status === undefined) return;
  const [first, ...others] = carried;
  const events = others.length === 0 ? {} : { events: others.length + 1 };
  log.info({ ip, status, ms, id: first?.id, ...events }, `[revalidate] fan-out to ${ip} → ${status}`);
}
