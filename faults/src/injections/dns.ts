import { dnsFaults } from '../dns/server.ts';
import type { Injection } from './injection.ts';

/** A name server that does not tell, or does not tell the truth. Of several at once the last one counts. */
export const dnsInjections: Injection[] = dnsFaults.map((fault) => ({
  name: `DNS: ${fault}`,
  async inject({ nameServer }) {
    nameServer.set(fault);
    return {
      on: 'DNS',
      undo: async () => nameServer.set(null),
    };
  },
}));
