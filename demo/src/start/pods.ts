import { join } from 'node:path';
import { createStandings } from '../bridge/standings.ts';
import { buildBlog } from '../builds/blog-build.ts';
import { createHealings } from '../healing/healing.ts';
import { allReady } from '../kubelet/all-ready.ts';
import type { Kubelet } from '../kubelet/kubelet.ts';
import { createPods, type Pods } from '../pods/pods.ts';
import { screen } from '../screen/screen.ts';
import type { WordPress } from '../wordpress/wordpress.ts';
import type { Places } from './places.ts';
import type { Start } from './start.ts';

/** As many pods as were asked for. Resolves once each is ready. */
export async function startPods(
  start: Start,
  places: Places,
  { kubelet, wordpress }: { kubelet: Kubelet; wordpress: WordPress },
): Promise<{ pods: Pods; standings: ReturnType<typeof createStandings> }> {
  const { root, builds, wish, state, processes, changes } = start;
  const { bridge } = places.addresses;
  const { say } = screen;
  const blog = wish.blog ?? join(root, 'demo', 'blog');
  const next = wish.next ?? join(root, 'node_modules', 'next');
  const build = await buildBlog({ root, blog, next, builds, wordpressUrl: wordpress.url, processes, say });
  say(`Starting ${wish.pods} pods …`);
  const standings = createStandings({ bridgeUrl: bridge, secret: state.secrets.secret });
  const healings = createHealings({
    standings,
    cursorOf: (name) => kubelet.watched().find((pod) => pod.name === name)?.cursor ?? null,
    changed: changes.announce,
  });
  const pods = createPods({
    build,
    folder: state.pods,
    port: places.ports.pods,
    environment: {
      WORDPRESS_URL: wordpress.url,
      // Where a pod looks whether content can be had. Whoever sets it, even to nothing, is given that.
      EVERYPOD_ORIGIN_URL: process.env.EVERYPOD_ORIGIN_URL ?? wordpress.url,
      EVERYPOD_BRIDGE_URL: bridge,
      EVERYPOD_POD_SECRET: state.secrets.podSecret,
      // So that they can do without the bridge: whoever gets an event through the balancer tells the others.
      EVERYPOD_SECRET: state.secrets.secret,
      EVERYPOD_PODS: `http://${places.service}:${places.ports.pods}/siteapi/revalidate`,
      EVERYPOD_POD_CIDRS: '127.0.0.0/8',
      EVERYPOD_DNS: places.dns,
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
  await places.letGo('pods');
  for (let count = 0; count < wish.pods; count += 1) await pods.add();
  await allReady(kubelet);
  return { pods, standings };
}
