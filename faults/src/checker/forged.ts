import { forgedEpoch } from '../injections/forgery.ts';
import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** 2: nothing that was not signed, or was signed for something else, moves a pod or a bridge. */
export function nothingForgedMoves({ of }: Evidence, journalText: string): Verdict {
  const forged = of('forged');
  const faults = forged
    .filter(({ status }) => status >= 200 && status < 300)
    .map(({ kind, on, status }) => `${on} answered ${status} to a message ${kind}.`);
  const marks = new Set(forged.map(({ mark }) => mark).filter((mark) => mark !== ''));
  for (const { instance, keys } of of('applied')) {
    const moved = keys.find((key) => [...marks].some((mark) => key.includes(mark)));
    if (moved) faults.push(`The pod ${instance} applied ${moved}, which nobody had signed.`);
  }
  for (const mark of marks) {
    if (journalText.includes(mark)) faults.push(`The journal holds ${mark}, which nobody had signed.`);
  }
  const misled = of('probe').filter(({ cursor }) => cursor?.epoch === forgedEpoch);
  for (const { ip } of misled)
    faults.push(`The pod at ${ip} took its cursor from a message that nobody had signed.`);
  const kinds = new Map<string, number>();
  for (const { kind } of forged) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return {
    name: 'forged',
    assertion: 'Nothing that was not signed moves a pod or a bridge',
    judged: forged.length,
    ...(forged.length === 0 && { skipped: 'no such message was sent in this run; run it longer' }),
    faults,
    figures: [...kinds].map(([kind, count]) => `${count} ${kind}`),
  };
}
