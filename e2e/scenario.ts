import { expect, test as wordpressTest } from '@wordpress/e2e-test-utils-playwright';
import { createPanel, type Panel } from './editor/panel.ts';
import { createWriting, type Writing } from './editor/writing.ts';
import { type LivePod, readLivePods } from './pods/live-pods.ts';
import { createDeliveries, type Deliveries } from './report/deliveries.ts';
import { createStatusPage, type StatusPage } from './status/status-page.ts';
import { type Addresses, readAddresses } from './system/addresses.ts';
import { readyFile } from './system/places.ts';
import { createWallPage, type WallPage } from './wall/wall-page.ts';
import { createPosts, type Posts } from './wordpress/posts.ts';
import { createPostsList, type PostsList } from './wordpress/posts-list.ts';
import { createStaticFiles } from './wordpress/static-files.ts';

interface Stages {
  addresses: Addresses;
  /** Live when the scenario starts; three, until a scenario adds one. */
  pods: LivePod[];
  posts: Posts;
  postsList: PostsList;
  writing: Writing;
  panel: Panel;
  deliveries: Deliveries;
  statusPage: StatusPage;
  /** In a tab of its own. */
  wall: WallPage;
}

interface Shared {
  staticFiles: ReturnType<typeof createStaticFiles>;
}

/** WordPress' own fixtures (admin, editor, requestUtils) and ours, one per stage. */
export const test = wordpressTest.extend<Stages, Shared>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  staticFiles: [async ({}, use) => use(createStaticFiles()), { scope: 'worker' }],
  context: async ({ context, staticFiles }, use) => {
    await staticFiles.serve(context);
    await use(context);
    // A scenario may end while the editor still loads; nobody waits for those files any more.
    await context.unrouteAll({ behavior: 'ignoreErrors' });
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  addresses: async ({}, use) => use(readAddresses(readyFile)),
  pods: async ({ requestUtils, addresses }, use) => {
    let live: LivePod[] = [];
    // One that was frozen or killed may be ready by its own word before DNS lists it again.
    await expect
      .poll(
        async () => {
          live = await readLivePods(requestUtils, addresses);
          return live.length;
        },
        { message: 'All pods are live' },
      )
      .toBeGreaterThanOrEqual(addresses.pods.length);
    await use(live);
  },
  posts: async ({ requestUtils }, use) => use(createPosts(requestUtils)),
  postsList: async ({ page }, use) => use(createPostsList(page)),
  writing: async ({ page, admin, editor }, use) => use(createWriting(page, admin, editor)),
  panel: async ({ page }, use) => use(createPanel(page)),
  deliveries: async ({ requestUtils }, use) => use(createDeliveries(requestUtils)),
  statusPage: async ({ page }, use) => use(createStatusPage(page)),
  wall: async ({ context, addresses }, use) => {
    const page = await context.newPage();
    const wall = createWallPage(page, addresses.wall);
    await wall.open();
    await use(wall);
    await page.close();
  },
});

export { expect };
