import { withEverypod } from 'everypod/next';

export default withEverypod({
  output: 'standalone',
  basePath: process.env.TEST_BASE_PATH ?? '',
  trailingSlash: process.env.TEST_TRAILING_SLASH === '1',
});
