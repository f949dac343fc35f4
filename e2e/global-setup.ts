import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { chooseBrowser } from './browser/choose.ts';
import { browserFolder, readyFile, signInFile, stateFolder } from './system/places.ts';
import { startSystem } from './system/start.ts';
import { withoutWelcome } from './wordpress/without-welcome.ts';

/** Chooses the browser, starts the system, signs the administrator in. What it returns stops the system. */
export default async function setUp(): Promise<() => Promise<void>> {
  mkdirSync(dirname(readyFile), { recursive: true });
  const browser = await chooseBrowser(browserFolder);
  console.log(`Browser: ${browser.name}`);
  const system = await startSystem({ readyFile, stateFolder });
  const { wordpress } = system.addresses;
  console.log(
    `WordPress: ${wordpress.url} (${system.php}), pods: ${system.addresses.pods.map(({ url }) => url).join(', ')}`,
  );

  // Playwright's workers are started after this and inherit the environment; the configuration reads it there.
  process.env.EVERYPOD_E2E_BROWSER = JSON.stringify(browser.options);
  process.env.EVERYPOD_E2E_PHP = system.php;
  process.env.WP_BASE_URL = wordpress.url;
  process.env.WP_USERNAME = wordpress.user;
  process.env.WP_PASSWORD = wordpress.password;
  process.env.STORAGE_STATE_PATH = signInFile;
  try {
    // It reads the environment when it is loaded.
    const { RequestUtils } = await import('@wordpress/e2e-test-utils-playwright');
    const requests = await RequestUtils.setup({ baseURL: wordpress.url, storageStatePath: signInFile });
    await requests.setupRest();
    await withoutWelcome(requests);
  } catch (error) {
    await system.stop();
    throw error;
  }
  return system.stop;
}
