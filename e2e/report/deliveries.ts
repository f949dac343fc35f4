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
  return {
    ofPost,
    /** Waits until the last change to the post is on every pod; answers its delivery. */
    async applied(postId: number, { timeout = limits.conditionMs as number } = {}): Promise<Delivery> {
      let last: Delivery | null = null;
      await expect
        .poll(
          async () => {
            last = await ofPost(postId);
            return last?.state;
          },
          { timeout, message: 'The last change to the post is applied by every pod' },
        )
        .toMatch(/^(applied|settled)$/);
      if (last === null) throw new Error('There is no delivery.');
      return last;
    },
  };
}

export type Deliveries = ReturnType<typeof createDeliveries>;
