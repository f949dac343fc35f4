import { createFixedList, createHeadlessDns, type Discovery, joinDiscoveries } from '@everypod/fan-out';
import type { Config } from './config.ts';

/** Who finds the pods: DNS for Services, and addresses as they stand. */
export function discoveryOf({ services, ranges, dnsServers }: Config): Discovery {
  return joinDiscoveries([
    createHeadlessDns({ services: services.filter(({ fixed }) => !fixed), ranges, servers: dnsServers }),
    createFixedList({ services: services.filter(({ fixed }) => fixed), ranges }),
  ]);
}
