import { describe, expect, it } from 'vitest';
import { InvalidService, parseService } from '../../src/discovery/service.ts';

describe('a service URL', () => {
  it.each([
    [
      'http://a.b.svc.cluster.local:3000/siteapi/revalidate',
      'a.b.svc.cluster.local',
      3000,
      'a.b.svc.cluster.local:3000',
    ],
    ['http://a.b.svc.cluster.local.:3000/x', 'a.b.svc.cluster.local', 3000, 'a.b.svc.cluster.local:3000'],
    ['http://a.b.svc/x?y=1', 'a.b.svc', 80, 'a.b.svc'],
    ['https://a.b.svc./x', 'a.b.svc', 443, 'a.b.svc'],
    ['http://10.0.0.1:3000/x', '10.0.0.1', 3000, '10.0.0.1:3000'],
    ['http://[fd00::1]:3000/x', 'fd00::1', 3000, '[fd00::1]:3000'],
  ])('%s is called %s, port %i, Host: %s', (url, hostname, port, host) => {
    expect(parseService(url)).toMatchObject({ url, hostname, port, host });
  });

  it.each(['', 'nextjs-headless', 'ftp://a.b/x', 'http://user:pass@a.b/x', 'http://a.b/x#y'])(
    '"%s" is refused',
    (url) => {
      expect(() => parseService(url)).toThrow(InvalidService);
    },
  );
});
