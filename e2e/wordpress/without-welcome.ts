import type { RequestUtils } from '@wordpress/e2e-test-utils-playwright';

/** Keeps the editor's welcome from opening over the first post: dismissing it is saved too late for the next page. */
export async function withoutWelcome(requests: RequestUtils): Promise<void> {
  await requests.setPreferences('core/edit-post', { welcomeGuide: false, fullscreenMode: false });
}
