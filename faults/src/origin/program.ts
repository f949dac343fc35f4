import { startOrigin } from './origin.ts';
import { createSite } from './site.ts';
import { createVersions } from './versions.ts';

/** The origin as a process of its own, so that renders cost the harness nothing. It ends when its parent does. */
async function runOrigin([ip = '', port = '', articles = ''] = process.argv.slice(2)) {
  process.on('disconnect', () => process.exit(0));
  await startOrigin({ ip, port: Number(port), versions: createVersions(createSite(Number(articles))) });
  process.send?.({ number: 0, ok: true, value: [] });
}

if (import.meta.main) await runOrigin();
