import type { JournalKind } from '../system/journal.ts';
import { bridgeInjections } from './bridge.ts';
import { clockInjections } from './clocks.ts';
import { diskInjections } from './disk.ts';
import { dnsInjections } from './dns.ts';
import { forgeryInjections } from './forgery.ts';
import type { Injection } from './injection.ts';
import { journalInjections } from './journal.ts';
import { nextInjections } from './next.ts';
import { podInjections } from './pods.ts';
import { secretInjections } from './secrets.ts';
import { valkeyInjections } from './valkey.ts';
import { wireInjections } from './wire.ts';

const sqliteInjections = [...journalInjections, ...diskInjections];

/** Every kind of fault that there is for a journal of that kind. */
export const injectionsFor = (journal: JournalKind['in']): Injection[] => [
  ...(journal === 'valkey' ? valkeyInjections : sqliteInjections),
  ...wireInjections,
  ...podInjections,
  ...nextInjections,
  ...dnsInjections,
  ...bridgeInjections,
  ...clockInjections,
  ...forgeryInjections,
  ...secretInjections,
];
