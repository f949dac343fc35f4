import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect } from '../scenario.ts';
import { pictureLimits } from './limits.ts';

const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));

/** Writes what the page shows into docs/pictures, with as many colours as a palette holds, which screens get by with. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const shot = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  mkdirSync(folder, { recursive: true });
  const { size } = await sharp(shot)
    .png({ palette: true, colours: 256, effort: 10, compressionLevel: 9 })
    .toFile(join(folder, `${name}.png`));
  expect(size, `${name}.png is small enough for a README`).toBeLessThan(pictureLimits.fileBytes);
}
