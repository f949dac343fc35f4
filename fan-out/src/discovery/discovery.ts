import type { DiscoveryLine } from '@everypod/contract';
import type { PodAddress, Service } from './service.ts';

export type Discovered = {
  /** Checked against the allowed ranges, each once. */
  addresses: PodAddress[];
  /** One per service, also when it has no address. */
  lines: DiscoveryLine[];
  /** Services for which DNS gave no answer: an address missing here may still be a pod. */
  unanswered: Service[];
};

/** Finds every pod's address. A DNS that fails is a line with a reason, not an exception. */
export type Discovery = { discover(): Promise<Discovered> };
