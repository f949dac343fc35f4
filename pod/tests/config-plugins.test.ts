import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NextConfig } from 'next';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withEverypod } from '../src/next/index.ts';

type Plugin = (config: NextConfig) => NextConfig;
/** What a plugin is found by in the configuration that comes out. */
type Sign = (config: NextConfig) => unknown;

const load = createRequire(join(import.meta.dirname, '../../tested-with/config-plugins/package.json'));

const plugins: [string, () => Plugin, Sign][] = [
  [
    'next-intl',
    () => load('next-intl/plugin')(),
    ({ turbopack }) => turbopack?.resolveAlias?.['next-intl/config'],
  ],
  ['@next/mdx', () => load('@next/mdx')({ extension: /\.mdx$/ }), ({ webpack }) => webpack],
  ['@next/bundle-analyzer', () => load('@next/bundle-analyzer')({ enabled: true }), ({ webpack }) => webpack],
  ['@faustwp/core', () => load('@faustwp/core').withFaust, ({ redirects }) => redirects],
  [
    '@headstartwp/next',
    () => load('@headstartwp/next/config').withHeadstartWPConfig,
    ({ rewrites }) => rewrites,
  ],
];

describe.each(plugins)('beside %s', (_name, plugin, sign) => {
  const mine = { output: 'standalone', trailingSlash: true, env: { MINE: '1' } } as const;
  const context = { defaultConfig: {} };
  const phase = 'phase-production-build';

  it.each<[string, () => unknown]>([
    ['around it', () => withEverypod(plugin()({ ...mine }))],
    ['in it', () => plugin()(withEverypod({ ...mine }))],
    ['around a function that calls it', () => withEverypod(() => plugin()({ ...mine }))],
    ['around an async one', () => withEverypod(async () => plugin()({ ...mine }))],
    ['in a function', () => async () => plugin()(withEverypod({ ...mine }))],
  ])('A14 nothing of either is lost, %s', async (_order, wrap) => {
    const wrapped = wrap();
    // As Next.js does.
    const config: NextConfig = await (typeof wrapped === 'function' ? wrapped(phase, context) : wrapped);
    expect(config).toMatchObject({ ...mine, env: { MINE: '1', EVERYPOD_BUILD: expect.any(String) } });
    expect(sign(config)).toBeDefined();
  });
});

/** The plugins look for the files that they are about in the folder that next.config lies in. */
let app: string;
const former = process.cwd();
beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), 'everypod-plugins-'));
  mkdirSync(join(app, 'i18n'));
  writeFileSync(join(app, 'i18n/request.ts'), '');
  writeFileSync(
    join(app, 'headstartwp.config.js'),
    "module.exports = { sourceUrl: 'https://cms.example.com' };",
  );
  writeFileSync(join(app, 'package.json'), '{}');
  process.chdir(app);
});
afterAll(() => {
  process.chdir(former);
  rmSync(app, { recursive: true });
});
