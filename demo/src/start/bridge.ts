import { type Bridge, startBridge } from '../bridge/bridge.ts';
import { eventLine } from '../events/events.ts';
import { screen } from '../screen/screen.ts';
import type { Places } from './places.ts';
import type { Start } from './start.ts';

export async function startBridgeOf(start: Start, places: Places): Promise<Bridge> {
  const { state, processes, news, changes } = start;
  await places.letGo('bridge');
  return startBridge({
    port: places.ports.bridge,
    service: places.service,
    podPort: places.ports.pods,
    dns: places.dns,
    wordpress: places.addresses.wordpress,
    secrets: state.secrets,
    journal: state.journal,
    processes,
    onLine: (line) => news.tell(eventLine(line)),
    onEarlyEnd: screen.event,
    changed: changes.announce,
  });
}
