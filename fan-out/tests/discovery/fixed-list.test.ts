import { createFixedList } from '../../src/discovery/fixed-list.ts';
import { joinDiscoveries } from '../../src/discovery/joined.ts';
import { parseService } from '../../src/discovery/service.ts';
import { discoveryConforms } from './conformance.ts';

discoveryConforms('a fixed list', async (ips, ranges) => {
  const services = ips.map((ip) =>
    parseService(`http://${ip.includes(':') ? `[${ip}]` : ip}:3000/siteapi/revalidate`),
  );
  return joinDiscoveries([createFixedList({ services, ranges })]);
});
