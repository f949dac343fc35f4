import { type Bridge, startBridge } from '../bridge/bridge.ts';
import { createLastReport, type LastReport } from '../bridge/last-report.ts';
import { eventLine } from '../events/events.ts';
import { screen } from '../screen/screen.ts';
import type { Places } from './places.ts';
import type { Start } from './start.ts';

export async function startBridgeOf(
  start: Start,
  places: Places,
): Promise<{ bridge: Bridge; lastReport: LastReport['ask'] }> {
  const { state, processes, news, changes } = start;
  await places.letGo('bridge');
  const { secret } = state.secrets;
  const lastReport = createLastReport({ bridgeUrl: places.addresses.bridge, secret });
  const bridge = await startBridge({
    port: places.ports.bridge,
    service: places.service,
    podPort: places.ports.pods,
    dns: places.dns,
    wordpress: places.addresses.wordpress,
    secrets: state.secrets,
    journal: state.journal,
    processes,
    onLine: (line) => {
      lastReport.hear(line);
      news.tell(eventLine(line));
    },
    onEarlyEnd: screen.event,
    changed: changes.announce,
  });
  return { bridge, lastReport: lastReport.ask };
}
