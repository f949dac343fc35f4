import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type LaunchOptions } from '@playwright/test';
import { limits } from '../limits.ts';
import { npmChromium } from './npm-chromium.ts';

export interface ChosenBrowser {
  name: string;
  options: LaunchOptions;
}

interface Candidate {
  name: string;
  options: () => LaunchOptions | Promise<LaunchOptions>;
}

/** First what Playwright itself runs without a window: the same engine, for two thirds of the processor's time. */
const systemNames = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/**
 * The first browser that really starts and shows a page: the one that is named, the system's, Playwright's, npm's.
 * @param unpackInto where npm's may put its files
 * @throws with what each candidate said, and the command that installs one
 */
export async function chooseBrowser(unpackInto: string): Promise<ChosenBrowser> {
  const refusals: string[] = [];
  for (const { name, options } of candidates(unpackInto)) {
    try {
      const chosen = { args: rootArgs(), ...(await options()) };
      await tryOut(chosen);
      return { name, options: chosen };
    } catch (error) {
      refusals.push(`  ${name}: ${firstLine(error)}`);
    }
  }
  throw new Error(
    [
      'No browser starts here. Install one with `npx playwright install --with-deps chromium`, or with',
      '`apt-get install chromium`, or name one in EVERYPOD_CHROMIUM. Tried:',
      ...refusals,
    ].join('\n'),
  );
}

function candidates(unpackInto: string): Candidate[] {
  const named = process.env.EVERYPOD_CHROMIUM;
  if (named) return [{ name: `EVERYPOD_CHROMIUM (${named})`, options: () => ({ executablePath: named }) }];
  const system = systemNames
    .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
    .filter((path) => existsSync(path));
  return [
    ...system.map((path) => ({ name: path, options: () => ({ executablePath: path }) })),
    { name: 'Chrome, where its installer puts it', options: () => ({ channel: 'chrome' }) },
    { name: 'Playwright’s Chromium', options: () => ({}) },
    { name: 'Chromium from npm', options: () => npmChromium(unpackInto) },
  ];
}

/** Chromium's sandbox refuses to run as root, which is who runs most containers. */
function rootArgs(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

async function tryOut(options: LaunchOptions): Promise<void> {
  const browser = await chromium.launch({ ...options, timeout: limits.browserStartMs });
  try {
    const page = await browser.newPage();
    await page.goto('data:text/html,<title>It works</title>');
    if ((await page.title()) !== 'It works') throw new Error('It starts but shows no page.');
  } finally {
    await browser.close();
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split('\n')[0] ?? '';
}
