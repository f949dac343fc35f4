import { json, problemAnswer } from '../answers.ts';
import { applyEverything } from '../apply/apply.ts';
import { applyAnswer, leaveToBackground, startCatchUp } from '../catch-up/catch-up.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { keepLease, lookAhead, startLease } from '../lease/lease.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { signedGet } from '../push/signed-get.ts';
import { markApplication } from '../settling/mark.ts';
import { settleLater, settleWithin, untilSettlingIsDue } from '../settling/settle.ts';
import { within } from '../within.ts';
import { standAlone } from './stand-alone.ts';
import { standingOf } from './standing.ts';

/**
 * The readiness probe is the catch-up: 200 once this life of the pod has caught up, 503 before. Anyone may ask that; who
 * signs with the pod secret is told how the pod stands.
 */
export async function answerProbe(request: Request, life: Life): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return problemAnswer('method-not-allowed', 'Probe with GET or HEAD.', { allow: 'GET, HEAD' });
  }
  const configuration = life.configuration();
  const { bridgeUrl, bridgeless, secrets, troubles, startLimitMs } = configuration;
  life.trouble('configuration', troubles.join(' ') || null);
  const hindered = life.hindrance();
  const signed = signedGet(request, secrets, life) !== null;
  const start = life.clock.monotonicMs();
  const left = (ofMs: number) => Math.max(0, start + ofMs - life.clock.monotonicMs());
  if (bridgeless) {
    const standing = await standAlone(limits.probeWaitMs, life);
    await settleWithin(left(limits.probeWaitMs), life);
    const limitOver = life.clock.monotonicMs() - life.state.bornAtMs >= startLimitMs;
    return answerOf(standing === 'loaded' || limitOver, signed, configuration, life);
  }
  const catchUp =
    bridgeUrl !== null && secrets.length > 0
      ? startCatchUp(life, { ...configuration, bridgeUrl, signed })
      : null;
  // The framework hears all of it when this probe is answered, so nothing is applied, or told, long before.
  const known = [catchUp?.answered, lookAhead(life), untilSettlingIsDue(limits.probeWaitMs, life)];
  await within(limits.probeApplyMs, Promise.all(known));
  await within(left(limits.probeWaitMs), applyAnswer(catchUp, life));
  keepLease(life);
  const limitOver = life.clock.monotonicMs() - life.state.bornAtMs >= startLimitMs;
  // Invalidating everything would leave old pages to serve, so the start limit waits for what hinders it.
  if (life.state.readyBy === null && limitOver && hindered?.holdsBack !== 'applied') {
    await within(left(limits.probeWaitMs), startWithoutCatchUp(startLimitMs, life));
  }
  await settleWithin(left(limits.probeWaitMs), life);
  if (catchUp !== null) leaveToBackground(catchUp, life);
  return answerOf(life.state.readyBy !== null, signed, configuration, life);
}

/** A bridge outage must never take a site down: nothing old is left to serve, so traffic may come. */
function startWithoutCatchUp(startLimitMs: number, life: Life): Promise<void> {
  const { state } = life;
  if (state.startingAlone !== null) return state.startingAlone;
  // Pages are invalidated at once; topics may take until their deadline, and a later probe finds the pod ready.
  state.startingAlone = applyEverything(life.applying).then((applied) => {
    if (!applied.whole) life.log('warn', applied.reason);
    if (state.readyBy !== null) return;
    state.readyBy = 'start limit';
    life.log('warn', `No catch-up within ${startLimitMs / 1000} s: invalidated everything and became ready.`);
  });
  state.withoutBridge = 'start limit';
  const all = { everything: true, targets: [] };
  settleLater(life, { ...all, mark: markApplication(life, all) });
  startLease(life);
  return state.startingAlone;
}

/** Kubelet needs no more than the status. Addresses, cursors and reasons are nobody's business who can reach the route. */
function answerOf(ready: boolean, signed: boolean, configuration: Configuration, life: Life): Response {
  const status = ready ? 200 : 503;
  if (!signed) return json(status, JSON.stringify({ ready }));
  const said = saidOf(life);
  const standing = { ready, ...standingOf(configuration, life) };
  if (ready) return json(status, JSON.stringify({ ...standing, ...(said !== '' && { note: said }) }));
  const reason = said || 'This pod is still asking the bridge what it has missed.';
  return json(status, JSON.stringify({ ...standing, reason }));
}

/** Each sentence once, though two stages say it. */
function saidOf({ state }: Life): string {
  return [...new Set(state.troubles.values())].join(' ');
}
