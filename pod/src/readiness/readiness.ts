import { json, problemAnswer } from '../answers.ts';
import { applyEverything } from '../apply/apply.ts';
import { catchUp } from '../catch-up/catch-up.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';

/** The readiness probe is the catch-up: 200 once this life of the pod has caught up, 503 before. */
export async function answerProbe(request: Request, life: Life): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return problemAnswer('method-not-allowed', 'Probe with GET or HEAD.', { allow: 'GET, HEAD' });
  }
  const configuration = life.configuration();
  const { bridgeUrl, secrets, troubles } = configuration;
  if (bridgeUrl === null && troubles.length === 0) {
    return ready(
      configuration,
      life,
      'EVERYPOD_BRIDGE_URL is not set, so this pod cannot ask what it has missed.',
    );
  }
  if (bridgeUrl !== null && secrets.length > 0) {
    await catchUp(life, { ...configuration, bridgeUrl, waitMs: limits.probeWaitMs });
  } else {
    life.trouble(troubles.join(' '));
  }
  if (life.state.readyBy === null && life.nowMs() - life.state.bornAtMs >= configuration.startLimitMs) {
    await startWithoutCatchUp(configuration, life);
  }
  if (life.state.readyBy !== null) return ready(configuration, life, life.state.lastTrouble);
  return notReady(configuration, life);
}

/** A bridge outage must never take a site down: nothing old is left to serve, so traffic may come. */
async function startWithoutCatchUp({ startLimitMs }: Configuration, life: Life): Promise<void> {
  const applied = await applyEverything(life.applying);
  life.state.readyBy = 'start limit';
  life.log(
    'warn',
    `No catch-up within ${startLimitMs / 1000} s of the start: invalidated everything, and became ready. ${applied.reason ?? ''}`.trim(),
  );
}

function ready(configuration: Configuration, life: Life, note: string | null): Response {
  return json(
    200,
    JSON.stringify({ ready: true, ...standing(configuration, life), ...(note !== null && { note }) }),
  );
}

function notReady(configuration: Configuration, life: Life): Response {
  const reason = life.state.lastTrouble ?? 'This pod has not caught up with the bridge yet; it is asking.';
  return json(503, JSON.stringify({ ready: false, reason, ...standing(configuration, life) }));
}

function standing({ ip, name }: Configuration, life: Life) {
  const { instance, cursor, settled, readyBy } = life.state;
  return { pod: { ip, name, instance, builtAt: life.builtAt() }, cursor, settled, readyBy };
}
