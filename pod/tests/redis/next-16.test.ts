import { describeRedis } from './redis-suite.ts';

describeRedis({
  next: 16,
  pages: 'redis',
  basePath: '',
  trailingSlash: false,
  config: 'next.config.ts',
});
