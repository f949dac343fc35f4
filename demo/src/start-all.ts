import { rm } from 'node:fs/promises';
import type { Wish } from './arguments/arguments.ts';
import { createBalancer } from './balancer/balancer.ts';
import { startBridge } from './bridge/bridge.ts';
import { createStandings } from './bridge/standings.ts';
import { buildBlog } from './builds/blog-build.ts';
import { buildPlugin } from './builds/plugin-build.ts';
import { createChanges } from './changes.ts';
import type { Cluster } from './cluster.ts';
import { startDns } from './dns/dns.ts';
import { eventLine } from './events/events.ts';
import { createPhaseLines } from './events/phase-lines.ts';
import { createEverypodSwitch } from './everypod-switch/everypod-switch.ts';
import { createHealings } from './healing/healing.ts';
import { allReady } from './kubelet/all-ready.ts';
import { createKubelet } from './kubelet/kubelet.ts';
import { listen } from './listen/listen.ts';
import { createOldWebhook } from './old-webhook/old-webhook.ts';
import { podAt } from './pods/addresses.ts';
import { createPods } from './pods/pods.ts';
import { choosePorts } from './ports/ports.ts';
import type { Processes } from './processes/processes.ts';
import { writeReadyFile } from './ready-file/ready-file.ts';
import { addedSentence, overview, screen } from './screen/screen.ts';
import type { State } from './state/state.ts';
import { Trouble } from './trouble.ts';
import { createWall } from './wall/wall.ts';
import { startWordPress } from './wordpress/wordpress.ts';

const service = 'nextjs-headless.myapp.svc.cluster.local';

/** Starts one part after the other and wires them. Pending for as long as all runs. */
export async function startAll(options: {
  root: string;
  builds: string;
  wish: Wish;
  state: State;
  processes: Processes;
  /** Given what has to be called at the end, for all that is no process. */
  endWith: (end: () => unknown) => void;
}): Promise<never> {
  const { root, builds, wish, state, processes, endWith } = options;
  const { say } = screen;
  const { changes, news, startNews } = startListening();
  if (wish.readyFile) await rm(wish.readyFile, { force: true });

  const podIps = Array.from({ length: wish.pods }, (_, index) => podAt(index).ip);
  const { ports, moved, letGo } = await choosePorts({ base: wish.portBase, podIps });
  moved.forEach(say);
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const addresses = {
    wordpress: at(ports.wordpress),
    balancer: at(ports.balancer),
    bridge: at(ports.bridge),
  };
  const wallUrl = at(ports.wall);
  const dns = `127.0.0.1:${ports.dns}`;

  const kubelet = createKubelet();
  endWith(kubelet.stop);
  await letGo('dns');
  endWith(
    await startDns({
      ip: '127.0.0.1',
      port: ports.dns,
      service,
      addresses: () => kubelet.ready().map(({ ip }) => ip),
    }),
  );
  await letGo('balancer');
  endWith(await listen(createBalancer(kubelet.ready), ports.balancer));
  await letGo('bridge');
  const bridge = await startBridge({
    port: ports.bridge,
    service,
    podPort: ports.pods,
    dns,
    wordpress: addresses.wordpress,
    secrets: state.secrets,
    journal: state.journal,
    processes,
    onLine: (line) => news(eventLine(line)),
    onEarlyEnd: screen.event,
    changed: changes.announce,
  });

  const plugin = await buildPlugin({ root, processes, say });
  say('Starting WordPress …');
  await letGo('wordpress');
  const wordpress = await startWordPress({
    folder: state.wordpress,
    plugin,
    core: wish.wordpressCore,
    runtime: wish.runtime,
    port: ports.wordpress,
    bridgeUrl: bridge.url,
    secret: state.secrets.secret,
    oldWebhookUrl: `${wallUrl}/old-webhook`,
    processes,
  });
  endWith(wordpress.stop);
  say(`${wordpress.label} (${wordpress.why}).`);
  if (wordpress.prepared.plugin !== 'active') {
    throw new Trouble(`The plugin could not be activated: ${wordpress.prepared.plugin}`);
  }
  const added = addedSentence(wordpress.prepared.added);
  if (added) say(added);

  const build = await buildBlog({ root, builds, wordpressUrl: wordpress.url, processes, say });
  say(`Starting ${wish.pods} pods …`);
  const standings = createStandings({ bridgeUrl: bridge.url, secret: state.secrets.secret });
  const healings = createHealings({
    standings,
    cursorOf: (name) => kubelet.watched().find((pod) => pod.name === name)?.cursor ?? null,
    changed: changes.announce,
  });
  const pods = createPods({
    build,
    folder: state.pods,
    port: ports.pods,
    environment: {
      WORDPRESS_URL: wordpress.url,
      EVERYPOD_BRIDGE_URL: bridge.url,
      EVERYPOD_POD_SECRET: state.secrets.podSecret,
      ...(wordpress.renderSeconds !== null && {
        BLOG_RENDER_SECONDS: String(wordpress.renderSeconds),
        // A pod settles once the longest render is over.
        EVERYPOD_SETTLE_SECONDS: String(wordpress.renderSeconds + 1),
      }),
    },
    kubelet,
    healings,
    processes,
    say: screen.event,
  });
  await letGo('pods');
  for (let count = 0; count < wish.pods; count += 1) await pods.add();
  await allReady(kubelet);

  const everypod = createEverypodSwitch({
    bridgeUrl: bridge.url,
    secret: state.secrets.secret,
    site: wordpress.url,
    tell: wordpress.switchEverypod,
    changed: changes.announce,
  });
  bridge.onBack(pods.bridgeIsBack);
  bridge.onBack(everypod.bridgeIsBack);
  const cluster: Cluster = {
    pods: pods.views,
    add: pods.add,
    kill: pods.kill,
    freeze: pods.freeze,
    thaw: pods.thaw,
    restart: pods.restart,
    bridge: { ...bridge, standings },
    everypod,
    onChange: changes.onChange,
  };
  const wall = createWall({ cluster, addresses });
  wall.route(
    '/old-webhook',
    createOldWebhook({
      balancerUrl: addresses.balancer,
      podSecret: state.secrets.podSecret,
      reached: (name) => news(`Everypod is off: a webhook reached ${name} and no other pod`),
    }),
  );
  await letGo('wall');
  endWith(await listen(wall, ports.wall));

  const started = pods.views().map(({ name, ip, url }) => ({ name, ip, url }));
  const { url, user, password, signInUrl } = wordpress;
  say(
    overview({
      wordpress: { url, user, password, signInUrl },
      wall: wallUrl,
      balancer: addresses.balancer,
      bridge: bridge.url,
      dns,
      service,
      pods: started,
      logs: state.logs,
    }),
  );
  const phaseLines = createPhaseLines();
  phaseLines(pods.views());
  kubelet.onChange(changes.announce);
  changes.onChange(() => phaseLines(pods.views()).forEach(news));
  startNews();
  if (wish.readyFile) {
    await writeReadyFile(wish.readyFile, {
      wordpress: { url, user, password },
      bridge: { url: bridge.url, ...state.secrets },
      pods: started,
      dns,
      wall: wallUrl,
      balancer: addresses.balancer,
    });
  }
  return wordpress.earlyEnd;
}

/** What happens while everything starts is not yet news. */
function startListening() {
  let started = false;
  return {
    changes: createChanges(),
    news: (line: string | null) => {
      if (line !== null && started) screen.event(line);
    },
    startNews: () => {
      started = true;
    },
  };
}
