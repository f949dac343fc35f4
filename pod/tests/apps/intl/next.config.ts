import { withEverypod } from 'everypod/next';
import createNextIntlPlugin from 'next-intl/plugin';

export default withEverypod(
  createNextIntlPlugin()({ output: 'standalone', typescript: { ignoreBuildErrors: true } }),
);
