import type { Addresses } from '../system/addresses.ts';
import { limits } from './limits.ts';

/** The wall's buttons, without a browser. */
export function createSwitches({ wall }: Addresses) {
  const press = async (what: 'wordpress' | 'bridge', run: boolean) => {
    const answer = await fetch(`${wall}/${what}`, {
      method: 'POST',
      headers: { origin: wall },
      body: new URLSearchParams({ run: String(run), page: '/' }),
      redirect: 'manual',
      signal: AbortSignal.timeout(limits.callMs),
    });
    if (answer.status !== 303) throw new Error(`The wall answered ${answer.status}: ${await answer.text()}`);
  };
  return {
    wordpress: (run: boolean) => press('wordpress', run),
    bridge: (run: boolean) => press('bridge', run),
  };
}

export type Switches = ReturnType<typeof createSwitches>;
