import { dnsFaults } from '../dns/server.ts';
import { limits } from '../limits.ts';
import type { System } from '../system/system.ts';
import { openHanging } from '../wire/open-hanging.ts';
import { type Injection, NotPossible, numbered } from './injection.ts';

const hangOrRefuse = 'many that hang or refuse';

/** Of these systems the addresses that hang do so now. */
const hangs = new WeakSet<System>();

/** A name server that does not tell, or does not tell the truth. */
export const dnsInjections: Injection[] = dnsFaults.map((fault) => ({
  name: numbered(fault === hangOrRefuse ? 'A10' : undefined, `DNS: ${fault}`),
  async inject(system) {
    const { nameServer } = system;
    const close = fault === hangOrRefuse ? await hang(system) : async () => {};
    const end = nameServer.begin(fault);
    return {
      on: 'DNS',
      async undo() {
        end();
        await close();
      },
    };
  },
}));

async function hang(system: System): Promise<() => Promise<void>> {
  if (hangs.has(system)) throw new NotPossible('They hang already.');
  const { network } = system;
  const close = await openHanging(network.hanging(limits.hangingAddresses), network.podPort);
  hangs.add(system);
  return async () => {
    await close();
    hangs.delete(system);
  };
}
