import { join } from 'node:path';
import { newMessageId, newSecret, parseSecrets, reportSchema, sign } from '@everypod/contract';
import { startBridge } from '../bridge/bridge.ts';
import { limits } from '../limits.ts';
import type { Bench } from '../measurement.ts';
import { expectAccepted } from '../outbound.ts';
import { revalidateRoute, startPods } from '../pods/pods.ts';
import { type PushTo, targetsOfOnePost } from './message.ts';

/** Posts an event to a real bridge and waits for its report. Every round counts only if all pods applied it. */
export async function throughBridge(
  bench: Bench,
  { count, podSecret }: { count: number; podSecret: string },
): Promise<{ push: PushTo; stop: () => Promise<unknown> }> {
  const secret = newSecret();
  const secrets = parseSecrets(secret);
  const pods = await startPods(bench, { count, secret: podSecret });
  const bridge = await startBridge(bench, {
    pods: pods.urls.map((url) => url + revalidateRoute),
    secret,
    podSecret,
    journal: `sqlite:${join(bench.folder, `push-${count}.db`)}`,
  });

  async function push() {
    const body = JSON.stringify({
      type: 'content.changed',
      timestamp: new Date().toISOString(),
      data: {
        site: 'http://wordpress.example',
        change: 'post.updated',
        subject: { kind: 'post', id: '17', title: 'Low water at noon' },
        actor: { id: '2', name: 'Maren' },
        targets: targetsOfOnePost,
      },
    });
    const answer = await expectAccepted(`${bridge.url}/v1/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        prefer: 'wait=30',
        ...sign(secrets, newMessageId('evt'), Date.now(), body),
      },
      body,
      deadlineMs: limits.pushReportMs,
    });
    const { counts } = reportSchema.parse(JSON.parse(answer.toString('utf8')));
    if (counts.applied !== count) throw new Error(`${counts.applied} of ${count} pods applied the event.`);
  }

  return { push, stop: () => Promise.all([bridge.program.stop(), pods.program.stop()]) };
}
