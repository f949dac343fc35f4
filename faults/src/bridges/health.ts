import { runningMs } from '../chronicle/stalls.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';

/** Whether a bridge says soon enough that it is alive: later, and kubelet would be about to kill it. */
export async function askHealth({ url }: { url: string }): Promise<{ ok: boolean; said: string }> {
  const heldUpMs = limits.probeAnswerMs + limits.measuringMs;
  // Who asks plays half a cluster, and may itself be late to hear the answer.
  const { value, ms } = await runningMs(() =>
    call({ url: `${url}/healthz`, deadlineMs: limits.patientDeliveryDeadlineMs }),
  );
  return {
    ok: value.status === 200 && ms <= heldUpMs,
    said: `/healthz answered ${value.status} after ${Math.round(ms)} ms, of which it has ${heldUpMs}`,
  };
}
