import type { CatchUpAnswer, Push } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { goldenMessages } from '../../contract/tests/golden-messages.ts';
import { withUnknownKeys } from '../../contract/tests/with-unknown-keys.ts';
import { startBridge } from './surroundings/bridge.ts';
import { podSecret, startPod } from './surroundings/pod.ts';

const golden = (message: string) =>
  goldenMessages
    .filter((one) => one.message === message && one.valid)
    .map(({ name, value }) => ({ name, value }));

describe('A21 a message of a later bridge', () => {
  it.each(golden('push'))('push: "$name" is applied as far as it is known', async ({ value }) => {
    const plain = startPod();
    const answer = await plain.push(value as Push);
    for (const { where, value: extended } of withUnknownKeys(value)) {
      const pod = startPod();
      const { cursor, ok } = await pod.push(extended as Push);
      expect({ where, told: pod.told, cursor, ok }).toEqual({
        where,
        told: plain.told,
        cursor: answer.cursor,
        ok: true,
      });
    }
  });

  it.each(golden('catch-up-answer'))(
    'catch-up answer: "$name" is taken as far as it is known',
    async ({ value }) => {
      const said = { answer: value as CatchUpAnswer };
      const bridge = await startBridge(podSecret, ({ answer }) => answer(said.answer));
      const start = () => startPod({ EVERYPOD_BRIDGE_URL: bridge.url });
      try {
        const plain = start();
        const { cursor } = await plain.probe();
        const { epoch, upTo } = said.answer;
        expect(cursor).toEqual('more' in said.answer ? null : { epoch, seq: upTo });
        for (const { where, value: extended } of withUnknownKeys(value)) {
          said.answer = extended as CatchUpAnswer;
          const pod = start();
          const probed = await pod.probe();
          expect({ where, told: pod.told, cursor: probed.cursor }).toEqual({
            where,
            told: plain.told,
            cursor,
          });
        }
      } finally {
        await bridge.stop();
      }
    },
  );
});
