import type { Wish } from '../arguments/arguments.ts';
import type { Addresses } from '../cluster.ts';
import { podAt } from '../pods/addresses.ts';
import { choosePorts, type PortChoice } from '../ports/ports.ts';
import { screen } from '../screen/screen.ts';

/** Where each part will answer. */
export type Places = Pick<PortChoice, 'ports' | 'letGo'> & {
  addresses: Addresses;
  wall: string;
  dns: string;
  /** The headless Service's full name. */
  service: string;
};

const service = 'nextjs-headless.myapp.svc.cluster.local';

/** @throws {Trouble} when a port that was asked for is busy */
export async function choosePlaces(wish: Wish): Promise<Places> {
  const podIps = Array.from({ length: wish.pods }, (_, index) => podAt(index).ip);
  const { ports, moved, letGo } = await choosePorts({ base: wish.portBase, podIps });
  moved.forEach(screen.say);
  const at = (port: number) => `http://127.0.0.1:${port}`;
  return {
    ports,
    letGo,
    addresses: {
      wordpress: at(ports.wordpress),
      balancer: at(ports.balancer),
      bridge: at(ports.bridge),
    },
    wall: at(ports.wall),
    dns: `127.0.0.1:${ports.dns}`,
    service,
  };
}
