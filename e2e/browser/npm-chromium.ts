import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { LaunchOptions } from '@playwright/test';

/**
 * Chromium from npm, with the libraries that a bare Debian lacks. The package unpacks those on two clouds only, so
 * that is done here, into a folder of ours: the usual one, named `chromium` under the system's, could be anyone's.
 */
export async function npmChromium(into: string): Promise<LaunchOptions> {
  mkdirSync(into, { recursive: true });
  const systemFolder = process.env.TMPDIR;
  process.env.TMPDIR = into;
  try {
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    const packageFolder = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
    const executablePath = await chromium.executablePath();
    await inflate(join(packageFolder, 'bin', 'al2023.tar.br'));
    return {
      executablePath,
      // It is the headless shell: in one process, as the package suggests, it dies with its first page.
      args: ['--headless=shell', '--no-sandbox', '--no-zygote', '--disable-gpu'],
      env: {
        ...(process.env as Record<string, string>),
        LD_LIBRARY_PATH: join(into, 'al2023', 'lib'),
        FONTCONFIG_FILE: fontsOf(into),
      },
    };
  } finally {
    if (systemFolder === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = systemFolder;
  }
}

/** The package's own list of fonts names folders of two clouds; where no font is found, a page without one crashes. */
function fontsOf(into: string): string {
  const file = join(into, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(into, 'fonts')}</dir>
  <cachedir>${join(into, 'fonts-cache')}</cachedir>
</fontconfig>
`,
  );
  return file;
}
