import type { Bridge } from '../bridge/bridge.ts';
import type { LastReport } from '../bridge/last-report.ts';
import type { createStandings } from '../bridge/standings.ts';
import type { Cluster } from '../cluster.ts';
import { createEverypodSwitch } from '../everypod-switch/everypod-switch.ts';
import { listen } from '../listen/listen.ts';
import { createOldWebhook } from '../old-webhook/old-webhook.ts';
import type { Pods } from '../pods/pods.ts';
import { createWall } from '../wall/wall.ts';
import type { WordPress } from '../wordpress/wordpress.ts';
import type { Places } from './places.ts';
import type { Start } from './start.ts';

/** The wall, with what it can do to the cluster, and the webhook of old beside it. */
export async function startWall(
  start: Start,
  places: Places,
  parts: {
    bridge: Bridge;
    wordpress: WordPress;
    pods: Pods;
    standings: ReturnType<typeof createStandings>;
    lastReport: LastReport['ask'];
  },
): Promise<void> {
  const { state, changes, news, endWith } = start;
  const { bridge, wordpress, pods, standings, lastReport } = parts;
  const { addresses } = places;
  const everypod = createEverypodSwitch({
    bridgeUrl: addresses.bridge,
    secret: state.secrets.secret,
    site: wordpress.url,
    wasOff: wordpress.wasOff,
    tell: wordpress.switchEverypod,
    changed: changes.announce,
  });
  bridge.onBack(pods.bridgeIsBack);
  bridge.onBack(everypod.bridgeIsBack);
  await everypod.bridgeIsBack();
  const { views, add, kill, freeze, thaw, restart } = pods;
  const cluster: Cluster = {
    pods: views,
    add,
    kill,
    freeze,
    thaw,
    restart,
    bridge: { ...bridge, standings, lastReport },
    wordpress: wordpress.server,
    everypod,
    onChange: changes.onChange,
  };
  const wall = createWall({ cluster, addresses });
  wall.route(
    '/old-webhook',
    createOldWebhook({
      balancerUrl: addresses.balancer,
      podSecret: state.secrets.podSecret,
      reached: (name) => news.tell(`Everypod is off: a webhook reached ${name} and no other pod`),
    }),
  );
  await places.letGo('wall');
  endWith(await listen(wall, places.ports.wall));
}
