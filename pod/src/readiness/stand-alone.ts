import { applyTopics } from '../apply/apply.ts';
import type { Life } from '../life.ts';
import { within } from '../within.ts';

const nobody = 'bridge-less: this pod has no bridge to ask what it has missed.';

/**
 * A pod that has no bridge is told of no topic at its start, so it runs each handler once by itself; one that fails, at
 * the next probe again.
 */
export async function standAlone(waitMs: number, life: Life): Promise<'loaded' | 'loading' | 'failed'> {
  const { state } = life;
  state.loadingAlone ??= loadTopics(life);
  const loading = state.loadingAlone;
  if (!(await within(waitMs, loading))) {
    life.trouble('catch-up', `${nobody} The handlers of its topics are still at work.`);
    return 'loading';
  }
  const failure = await loading;
  if (failure === null) {
    life.trouble('catch-up', nobody);
    return 'loaded';
  }
  // Probes that waited together try again together, at the next one.
  if (state.loadingAlone === loading) state.loadingAlone = null;
  life.trouble('catch-up', `${nobody} ${failure}`);
  return 'failed';
}

/** Null once all have run; else why not. */
async function loadTopics({ applying }: Life): Promise<string | null> {
  const applied = await applyTopics(applying, [...applying.topics.keys()], true);
  return applied.whole ? null : applied.reason;
}
