import { createAnswerTrust, parseSecrets } from '@everypod/contract';
import {
  type Attempt,
  createSlots,
  createTurns,
  fanOutLimits,
  type PodAddress,
  parseService,
  podAddress,
  pushToPod,
} from '@everypod/fan-out';
import { limits } from '../limits.ts';
import { revalidateRoute } from '../pods/pods.ts';
import { type PushTo, pushOf } from './message.ts';

const epoch = 'bench-fan-out';

/** Pushes to every pod as the bridge's lanes do, with as many at once. Every round counts only if all applied it. */
export async function throughFanOut(urls: readonly string[], secret: string): Promise<PushTo> {
  const secrets = parseSecrets(secret);
  const answers = createAnswerTrust();
  const turns = createTurns();
  const slots = createSlots(fanOutLimits.pushesAtOnce);
  const addresses = urls.map((url) => {
    const service = parseService(url + revalidateRoute);
    return podAddress(service, service.hostname);
  });
  let sent = 0;

  async function toPod(address: PodAddress, everything: boolean) {
    let last: Attempt['state'] | null = null;
    const push = pushOf(epoch, sent);
    await pushToPod({
      address,
      next: async () => (everything ? { ...push, everything: true } : push),
      secrets: () => secrets,
      answers,
      attempted: ({ state }) => {
        last = state;
      },
      budgetEndsAt: () => Date.now() + limits.pushReportMs,
      slots,
      turns,
    });
    if (last !== 'applied') throw new Error(`A pod was to apply the push; it is ${last}.`);
  }

  async function toAll(everything = false) {
    sent += 1;
    await Promise.all(addresses.map((address) => toPod(address, everything)));
  }

  // A pod without a cursor counts as behind, whatever it applied.
  await toAll(true);
  return () => toAll();
}
