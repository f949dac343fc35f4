import type { DiscoveryLine, Target } from '@everypod/contract';
import { createSlots, type Discovered, type PodAddress } from '@everypod/fan-out';
import type { Applied } from '../apply/apply.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { relayTo, type Told } from './relay.ts';
import { say } from './said.ts';

/** What became of the others. `reason`: why not all of them may have been called. */
export type Others = { told: Told[]; discovery: DiscoveryLine[]; reason: string | null };

/** The pod that gets a call finds all the others and tells each of them, all at once. Never throws. */
export async function tellOthers(targets: readonly Target[], life: Life): Promise<Others> {
  const { others, own } = life.fanOut();
  if ('trouble' in others) return { told: [], discovery: [], reason: others.trouble };
  const { ip: pod } = life.configuration();
  const found = await others.discovery.discover();
  const addresses = found.addresses.filter(({ ip }) => ip !== own);
  say.calls(life.log, { pod, to: addresses.map(({ ip }) => ip) });
  const slots = createSlots(limits.relaysAtOnce);
  const tell = (address: PodAddress) =>
    slots.run(address.key, async () => {
      const told = await relayTo(address, targets, life);
      const { status, ms, state } = told;
      const went = { pod, to: address.ip, ms, came: state, ...(status !== undefined && { status }) };
      say.answered(life.log, went);
      return told;
    });
  const all = await Promise.all(addresses.map(tell));
  // Itself, under an address that it was not told, or that is not the one it was told.
  const told = oncePerPod(all.filter(({ instance }) => instance !== life.state.instance));
  return {
    told: told.some(({ state }) => state === 'unreachable')
      ? markGone(told, await others.discovery.discover())
      : told,
    discovery: found.lines,
    reason: found.lines.flatMap(({ reason }) => reason ?? []).join(' ') || null,
  };
}

/** A pod with an address of each family answers twice. */
function oncePerPod(told: readonly Told[]): Told[] {
  const known = new Map<string, Told>();
  for (const one of told) {
    const key = one.instance || `at ${one.ip}`;
    const before = known.get(key);
    if (before === undefined || before.state !== 'told') known.set(key, one);
  }
  return [...known.values()];
}

/** DNS lists a pod for a while after it has gone; one that it has left meanwhile serves nobody. */
function markGone(told: readonly Told[], now: Discovered): Told[] {
  if (now.unanswered.length > 0) return [...told];
  const listed = new Set(now.addresses.map(({ ip }) => ip));
  return told.map((one) =>
    one.state !== 'unreachable' || listed.has(one.ip)
      ? one
      : { ...one, state: 'gone', reason: 'It left the Service meanwhile.' },
  );
}

/** This pod's own line. */
export function ownLine(applied: Applied, ms: number, life: Life): Told {
  const { ip, name } = life.configuration();
  const { instance } = life.state;
  const who = { ip, name, instance, ms, attempts: 0 };
  const reason = [
    ...(applied.whole ? [] : [applied.reason]),
    ...applied.cannot.map((one) => one.reason),
  ].join(' ');
  const said = reason === '' ? {} : { reason: reason.slice(0, limits.reasonCharacters) };
  return { ...who, state: applied.whole ? 'told' : 'failed', ...said };
}
