import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Wish } from './arguments/arguments.ts';
import { createBalancer } from './balancer/balancer.ts';
import { startBridge } from './bridge/bridge.ts';
import { buildBlog } from './builds/blog-build.ts';
import { buildPlugin } from './builds/plugin-build.ts';
import type { Cluster } from './cluster.ts';
import { startDns } from './dns/dns.ts';
import { eventLine } from './events/events.ts';
import { createEverypodSwitch } from './everypod-switch/everypod-switch.ts';
import { createKubelet, type Kubelet } from './kubelet/kubelet.ts';
import { limits } from './limits.ts';
import { listen } from './listen/listen.ts';
import { createOldWebhook } from './old-webhook/old-webhook.ts';
import { podAt } from './pods/addresses.ts';
import { createPods } from './pods/pods.ts';
import { choosePorts } from './ports/ports.ts';
import { openLedger } from './processes/ledger.ts';
import { createProcesses } from './processes/processes.ts';
import { writeReadyFile } from './ready-file/ready-file.ts';
import { addedSentence, overview, screen } from './screen/screen.ts';
import { openState } from './state/state.ts';
import { Trouble } from './trouble.ts';
import { createWall } from './wall/wall.ts';
import { startWordPress } from './wordpress/wordpress.ts';

const service = 'nextjs-headless.myapp.svc.cluster.local';
/** Ignored by git. Builds are named by their content, so every state folder shares them. */
const usualState = join('.everypod', 'demo');
const buildsFolder = join('.everypod', 'builds');

/** Runs everything until told to stop, or until one of its programs ends by itself. */
export async function runDemo(options: { root: string; wish: Wish; stop: AbortSignal }): Promise<void> {
  const { root, wish, stop } = options;
  const stopped = new Promise<void>((resolve) =>
    stop.addEventListener('abort', () => resolve(), { once: true }),
  );
  const state = await openState({ folder: wish.state ?? join(root, usualState), fresh: wish.fresh });
  const processes = createProcesses({ logs: state.logs, ledger: openLedger(state.processes) });
  const endings: (() => unknown)[] = [];
  try {
    await Promise.race([stopped, startAndWatch()]);
    if (stop.aborted) screen.say('\nStopping …');
  } finally {
    for (const end of endings.toReversed()) await end();
    await processes.stopAll();
    await rm(state.pods, { recursive: true, force: true });
    state.release();
  }

  async function startAndWatch(): Promise<void> {
    const { say, event } = screen;
    if (wish.readyFile) await rm(wish.readyFile, { force: true });
    const podIps = Array.from({ length: wish.pods }, (_, index) => podAt(index).ip);
    const { ports, moved } = await choosePorts({ base: wish.portBase, podIps });
    for (const sentence of moved) say(sentence);
    const at = (port: number) => `http://127.0.0.1:${port}`;
    const addresses = {
      wordpress: at(ports.wordpress),
      balancer: at(ports.balancer),
      bridge: at(ports.bridge),
    };

    let shown = false;
    const kubelet = createKubelet();
    const dns = `127.0.0.1:${ports.dns}`;
    endings.push(
      kubelet.stop,
      await startDns({
        ip: '127.0.0.1',
        port: ports.dns,
        service,
        addresses: () => kubelet.ready().map(({ ip }) => ip),
      }),
      await listen(createBalancer(kubelet.ready), ports.balancer),
    );
    const bridge = await startBridge({
      port: ports.bridge,
      service,
      podPort: ports.pods,
      dns,
      secrets: state.secrets,
      journal: state.journal,
      processes,
      onLine: (line) => {
        const text = eventLine(line);
        // What happens while everything starts is not yet news.
        if (text && shown) event(text);
      },
    });

    const plugin = await buildPlugin({ root, processes, say });
    say('Starting WordPress …');
    const wordpress = await startWordPress({
      folder: state.wordpress,
      plugin,
      core: wish.wordpressCore,
      runtime: wish.runtime,
      port: ports.wordpress,
      bridgeUrl: bridge.url,
      secret: state.secrets.secret,
      oldWebhookUrl: `${at(ports.wall)}/old-webhook`,
      processes,
    });
    endings.push(wordpress.stop);
    say(`${wordpress.label} (${wordpress.why}).`);
    if (wordpress.prepared.plugin !== 'active')
      throw new Trouble(`The plugin is not active: ${wordpress.prepared.plugin}`);
    const added = addedSentence(wordpress.prepared.added);
    if (added) say(added);

    const build = await buildBlog({
      root,
      builds: join(root, buildsFolder),
      wordpressUrl: wordpress.url,
      processes,
      say,
    });
    say(`Starting ${wish.pods} pods …`);
    const pods = createPods({
      build,
      folder: state.pods,
      port: ports.pods,
      environment: {
        WORDPRESS_URL: wordpress.url,
        EVERYPOD_BRIDGE_URL: bridge.url,
        EVERYPOD_POD_SECRET: state.secrets.podSecret,
      },
      kubelet,
      processes,
      say: event,
    });
    for (let count = 0; count < wish.pods; count += 1) await pods.add();
    await allReady(kubelet);

    const { cluster, changed } = joinCluster();
    kubelet.onChange(changed);
    const wall = createWall({ cluster, addresses });
    const oldWebhook = createOldWebhook({
      balancerUrl: addresses.balancer,
      podSecret: state.secrets.podSecret,
      reached: (name) => event(`Everypod is off: a webhook reached ${name} and no other pod`),
    });
    wall.route('/old-webhook', oldWebhook);
    endings.push(await listen(wall, ports.wall));

    const started = pods.views().map(({ name, ip, url }) => ({ name, ip, url }));
    const { url, user, password, signInUrl } = wordpress;
    say(
      overview({
        wordpress: { url, user, password, signInUrl },
        wall: at(ports.wall),
        balancer: addresses.balancer,
        bridge: bridge.url,
        dns,
        service,
        pods: started,
        logs: state.logs,
      }),
    );
    shown = true;
    if (wish.readyFile) {
      await writeReadyFile(wish.readyFile, {
        wordpress: { url, user, password },
        bridge: { url: bridge.url, ...state.secrets },
        pods: started,
        dns,
        wall: at(ports.wall),
        balancer: addresses.balancer,
      });
    }
    await Promise.race([bridge.earlyEnd, wordpress.earlyEnd]);

    function joinCluster(): { cluster: Cluster; changed: () => void } {
      const listeners = new Set<() => void>();
      const changed = () => {
        for (const listener of listeners) listener();
      };
      const everypod = createEverypodSwitch({
        bridgeUrl: bridge.url,
        secret: state.secrets.secret,
        site: wordpress.url,
        tell: wordpress.switchEverypod,
        changed,
      });
      const cluster: Cluster = {
        pods: pods.views,
        add: pods.add,
        kill: pods.kill,
        restart: pods.restart,
        everypod,
        onChange: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      };
      return { cluster, changed };
    }
  }
}

async function allReady(kubelet: Kubelet): Promise<void> {
  const done = () => kubelet.ready().length === kubelet.watched().length;
  const ready = new Promise<void>((resolve) => {
    const check = () => {
      if (done()) resolve();
    };
    kubelet.onChange(check);
    check();
  });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => {
      const reasons = kubelet
        .watched()
        .filter(({ phase }) => phase !== 'ready')
        .map(({ name, reason }) => `  ${name}: ${reason ?? 'has not answered yet'}`);
      reject(
        new Trouble(`Not every pod became ready in ${limits.firstReadyMs / 1_000} s.\n${reasons.join('\n')}`),
      );
    }, limits.firstReadyMs).unref();
  });
  await Promise.race([ready, late]);
}
