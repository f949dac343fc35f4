import { expect } from '@playwright/test';
import type { RequestUtils } from '@wordpress/e2e-test-utils-playwright';
import type { Delivery, PostDelivery } from '../../wp-plugin/src/rest/shapes.ts';
import { limits } from '../limits.ts';

/** Reads deliveries as the panel does. */
export function createDeliveries(requests: RequestUtils) {
  const ofPost = async (postId: number): Promise<Delivery | null> => {
    const { delivery } = await requests.rest<PostDelivery>({ path: `/everypod/v1/posts/${postId}/delivery` });
    return delivery;
  };
  const reaching = async (
    postId: number,
    states: RegExp,
    what: string,
    timeout: number,
  ): Promise<Delivery> => {
    let last: Delivery | null = null;
    await expect
      .poll(
        async () => {
          last = await ofPost(postId);
          return last?.state;
        },
        { timeout, message: `The last change to the post is ${what} every pod` },
      )
      .toMatch(states);
    if (last === null) throw new Error('There is no delivery.');
    return last;
  };
  return {
    ofPost,
    /** Waits until the last change to the post is on every pod; answers its delivery. */
    applied: (postId: number, { timeout = limits.conditionMs as number } = {}) =>
      reaching(postId, /^(applied|settled)$/, 'applied by', timeout),
    /** Waits until nothing of the report changes any more. */
    async final(postId: number): Promise<void> {
      const isFinal = async () => (await ofPost(postId))?.final;
      await expect.poll(isFinal, { timeout: limits.eventEndMs, message: 'The report is final' }).toBe(true);
    },
    /** Waits until no pod has anything left to do for the last change to the post. */
    settled: (postId: number) => reaching(postId, /^settled$/, 'settled on', limits.eventEndMs),
  };
}

export type Deliveries = ReturnType<typeof createDeliveries>;
