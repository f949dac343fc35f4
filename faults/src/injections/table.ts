import type { JournalKind } from '../system/journal.ts';
import { blackHoleInjections } from './black-hole.ts';
import { bridgeInjections } from './bridge.ts';
import { clockInjections } from './clocks.ts';
import { diskInjections } from './disk.ts';
import { dnsInjections } from './dns.ts';
import { forgeryInjections } from './forgery.ts';
import { impostorInjections } from './impostor.ts';
import type { Injection } from './injection.ts';
import { journalInjections } from './journal.ts';
import { journalInUseInjections } from './journal-in-use.ts';
import { nextInjections } from './next.ts';
import { podInjections } from './pods.ts';
import { secretInjections } from './secrets.ts';
import { strangerInjections } from './strangers.ts';
import { takenOverInjections } from './taken-over.ts';
import { valkeyInjections } from './valkey.ts';
import { wireInjections } from './wire.ts';

const sqliteInjections = [...journalInjections, ...journalInUseInjections, ...diskInjections];

/** Every kind of fault that there is for a journal of that kind. */
export const injectionsFor = (journal: JournalKind['in']): Injection[] => [
  ...exclusive(journal === 'valkey' ? valkeyInjections : sqliteInjections),
  ...exclusive(bridgeInjections),
  ...wireInjections,
  ...blackHoleInjections,
  ...podInjections,
  ...nextInjections,
  ...dnsInjections,
  ...clockInjections,
  ...forgeryInjections,
  ...impostorInjections,
  ...secretInjections,
  ...strangerInjections,
  ...takenOverInjections,
];

function exclusive(injections: readonly Injection[]): Injection[] {
  return injections.map((injection) => ({ ...injection, exclusive: true }));
}
