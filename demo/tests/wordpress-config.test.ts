import { expect, it } from 'vitest';
import { wpConfig } from '../src/wordpress/config.ts';

const site = {
  url: 'http://127.0.0.1:8880',
  contentFolder: null,
  databaseHost: null,
  bridgeUrl: 'http://127.0.0.1:8881',
  secret: 'whsec_x',
  demoToken: 'token',
  oldWebhookUrl: 'http://127.0.0.1:8882/old-webhook',
};

it.each([
  ["/home/o'hara/content", "'/home/o\\'hara/content'"],
  ['C:\\content', "'C:\\\\content'"],
  ["\\'", "'\\\\\\''"],
])('a folder named %s is one PHP string', (contentFolder, literal) => {
  expect(wpConfig({ ...site, contentFolder })).toContain(`define( 'WP_CONTENT_DIR', ${literal} );`);
});

it('the salts stay the same from one start to the next, so that a sign-in lasts, and differ with the secret', () => {
  const salt = (text: string) => /'AUTH_KEY', '([^']+)'/.exec(text)?.[1];
  const first = salt(wpConfig({ ...site, demoToken: 'one' }));
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(salt(wpConfig({ ...site, demoToken: 'two' }))).toBe(first);
  expect(salt(wpConfig({ ...site, secret: 'whsec_y' }))).not.toBe(first);
});
