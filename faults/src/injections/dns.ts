import { dnsFaults } from '../dns/server.ts';
import type { Injection } from './injection.ts';

/** A name server that does not tell, or does not tell the truth. */
export const dnsInjections: Injection[] = dnsFaults.map((fault) => ({
  name: `DNS: ${fault}`,
  async inject({ nameServer }) {
    const end = nameServer.begin(fault);
    return {
      on: 'DNS',
      undo: async () => end(),
    };
  },
}));
