import { join } from 'node:path';
import { withEverypod } from 'everypod/next';

export default withEverypod({
  output: 'standalone',
  cacheHandler: join(process.cwd(), 'cache-handler.mjs'),
  cacheMaxMemorySize: 0,
});
