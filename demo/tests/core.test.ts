import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { broughtContent, placeCore } from '../src/wordpress/chosen-core.ts';

let folder: string;
let into: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everypod-core-'));
  into = join(folder, 'core');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const files = (version: string) => ({
  'wp-includes/version.php': `<?php $wp_version = '${version}';`,
  'wp-content/themes/one/style.css': '/* one */',
  'wp-content/uploads/private.jpg': 'private',
  'wp-config.php': '<?php // the other site',
});

async function wordpressFolder(version: string): Promise<string> {
  const from = join(folder, 'from');
  for (const [name, text] of Object.entries(files(version))) {
    await mkdir(dirname(join(from, name)), { recursive: true });
    await writeFile(join(from, name), text);
  }
  return from;
}

async function wordpressZip(version: string): Promise<string> {
  const from = join(folder, 'wordpress.zip');
  const inFolder = Object.entries(files(version)).map(([name, text]) => [`wordpress/${name}`, strToU8(text)]);
  await writeFile(from, zipSync(Object.fromEntries(inFolder)));
  return from;
}

describe("the user's own WordPress", () => {
  it.each([
    ['a folder', wordpressFolder],
    ['a zip', wordpressZip],
  ])('is taken from %s, with its version and its themes', async (_, make) => {
    const from = await make('6.8.1');
    expect(await placeCore({ from, into })).toBe('6.8.1');
    expect(existsSync(join(into, 'wp-includes', 'version.php'))).toBe(true);
    expect(existsSync(join(broughtContent(into), 'themes', 'one', 'style.css'))).toBe(true);
  });

  it("leaves the other site's configuration and uploads where they are", async () => {
    await placeCore({ from: await wordpressFolder('6.8.1'), into });
    expect(existsSync(join(into, 'wp-config.php'))).toBe(false);
    expect(existsSync(join(broughtContent(into), 'uploads'))).toBe(false);
  });

  it('is placed once, and again when another one is asked for', async () => {
    const from = await wordpressFolder('6.8.1');
    await placeCore({ from, into });
    await writeFile(join(into, 'mark'), '');
    await placeCore({ from, into });
    expect(existsSync(join(into, 'mark'))).toBe(true);
    expect(await placeCore({ from: await wordpressZip('6.9'), into })).toBe('6.9');
    expect(existsSync(join(into, 'mark'))).toBe(false);
  });

  it.each(['6.5.5', '5.9', '4.0-beta1'])('is refused when it is as old as %s', async (version) => {
    await expect(placeCore({ from: await wordpressFolder(version), into })).rejects.toThrow(
      `WordPress ${version} is too old`,
    );
  });

  it.each([
    ['no such folder', 'nowhere'],
    ['no such zip', 'nowhere.zip'],
    ['a folder with something else', '.'],
  ])('is refused when there is %s', async (_, name) => {
    const from = join(folder, name);
    await expect(placeCore({ from, into })).rejects.toThrow(`WORDPRESS_CORE=${from} is not a WordPress`);
  });
});

it('the core that comes from npm is new enough for the plugin, and whole', async () => {
  const version = await placeCore({ from: null, into });
  expect(version).toMatch(/^6\.[6-9]|^[7-9]/);
  expect(await readFile(join(into, 'wp-admin', 'css', 'common.css'), 'utf8')).not.toBe('');
});
