import { newPodState } from '../../../pod/src/state.ts';
import { createPodOf } from '../../../pod/src/wiring.ts';

/** The real handler before a framework that counts what it is told. */
export type RecordingPod = {
  /** @throws unless the push was applied */
  take(request: Request): Promise<string>;
  /** How often the framework was told during the last push. */
  callsOfLast(): number;
};

export function createRecordingPod(secret: string): RecordingPod {
  let calls = 0;
  const count = () => {
    calls += 1;
  };
  const state = newPodState();
  const pod = createPodOf(
    { invalidator: { path: count, tag: count } },
    {
      state: () => state,
      environment: { EVERYPOD_POD_SECRET: secret, POD_IP: '127.0.0.1', POD_NAME: 'bench' },
      nowMs: Date.now,
      log: () => {},
    },
  );
  return {
    async take(request) {
      calls = 0;
      const answer = await pod.revalidate(request);
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`The pod answered ${answer.status}: ${text}`);
      return text;
    },
    callsOfLast: () => calls,
  };
}
