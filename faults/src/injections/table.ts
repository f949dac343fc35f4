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
import { wireInjections } from './wire.ts';

/** Every kind of fault there is. */
export const injections: Injection[] = [
  ...wireInjections,
  ...podInjections,
  ...nextInjections,
  ...dnsInjections,
  ...bridgeInjections,
  ...journalInjections,
  ...diskInjections,
  ...clockInjections,
  ...forgeryInjections,
  ...secretInjections,
];
