import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cursor, PodLine, Report, Pods as Standings } from '@everypod/contract';
import type { Cluster, PodView } from '../src/cluster.ts';

export type Shown = { status?: number; title: string; pod: string; renderedAt: string };

export const epoch = 'epoch-of-test';

/** A page as the demo's blog writes it. */
function blogPage({ title, pod, renderedAt }: Shown): string {
  return `<!DOCTYPE html><html><head><title>${title}</title><meta name="everypod-pod" content="${pod}"/>
    <meta name="everypod-rendered-at" content="${renderedAt}"/></head><body>
    <main><h1 data-headline="true">${title}</h1><a href="/category/sea">Sea</a>
    <a class="card-link" href="/a">${title}</a></main><script>run()</script></body></html>`;
}

/** Three real servers behind a real round-robin one; what each shows can be changed, and it can be closed. */
export async function startWallCluster(names: string[]) {
  const shown = new Map<string, Shown>();
  const servers = new Map<string, Server>();
  const pods: PodView[] = [];
  const done: string[] = [];
  const requests: string[] = [];
  let on = true;
  let bridgeRuns = true;
  let wordpressRuns = true;
  let standings: Standings | null = null;
  let report: Report | null = null;
  let next = 0;

  for (const name of names) {
    shown.set(name, { title: 'Old title', pod: 'build', renderedAt: '2026-01-01T10:00:00.000Z' });
    const { server, url } = await listen(name, () => shown.get(name), requests);
    servers.set(name, server);
    const standing = { running: true, frozen: false, healing: null, cursor: null, settled: null };
    pods.push({ name, ip: `127.0.0.${pods.length + 11}`, url, phase: 'ready', ...standing });
  }
  const balancer = await listen('balancer', () => shown.get(names[next++ % names.length] ?? ''), []);

  const act = (what: string) => async (name: string) => {
    done.push(`${what} ${name}`);
    return pods.some((pod) => pod.name === name) ? ('done' as const) : ('unknown pod' as const);
  };
  const cluster: Cluster = {
    pods: () => pods.map((pod) => ({ ...pod })),
    async add() {
      done.push('add');
      const [pod] = pods;
      if (!pod) throw new Error('The cluster has no pod to copy.');
      return pod;
    },
    kill: act('kill'),
    freeze: act('freeze'),
    thaw: act('thaw'),
    restart: act('restart'),
    everypod: {
      on: () => on,
      async turn(to) {
        on = to;
        return bridgeRuns ? 'done' : 'event owed';
      },
    },
    bridge: {
      running: () => bridgeRuns,
      async stop() {
        bridgeRuns = false;
      },
      async start() {
        bridgeRuns = true;
      },
      standings: async () => standings,
      lastReport: async () => report,
    },
    wordpress: {
      running: () => wordpressRuns,
      async stop() {
        wordpressRuns = false;
      },
      async start() {
        wordpressRuns = true;
      },
    },
    onChange: () => () => {},
  };

  return {
    cluster,
    addresses: { wordpress: 'http://127.0.0.1:1', bridge: 'http://127.0.0.1:1', balancer: balancer.url },
    done,
    /** Method and path of everything that the pods were asked. */
    requests,
    show(name: string, what: Shown) {
      shown.set(name, what);
    },
    change(name: string, to: Partial<PodView>) {
      const pod = pods.find((candidate) => candidate.name === name);
      if (pod) Object.assign(pod, to);
    },
    /** From now on the bridge says so, in the order of the pods. */
    bridgeSays(head: number, cursors: { cursor: number; settled: number; keeps?: true }[]) {
      const at = (seq: number): Cursor => ({ epoch, seq });
      const lastSeen = '2026-01-01T11:00:00.000Z';
      standings = {
        epoch,
        head,
        discovery: [],
        pods: pods.flatMap(({ name, ip }, index) => {
          const told = cursors[index];
          if (!told) return [];
          const [cursor, settled, behind] = [at(told.cursor), at(told.settled), head - told.cursor];
          return [
            {
              name,
              ip,
              instance: `life-of-${name}`,
              cursor,
              settled,
              behind,
              builtAt: null,
              lastSeen,
              live: true,
              ...(told.keeps && { keeps: true as const }),
            },
          ];
        }),
      };
    },
    /** Of a change to `/a`, in the order of the pods. */
    reports(lines: Pick<PodLine, 'visits' | 'keeps'>[]) {
      const states = { asked: 0, applied: 3, behind: 0, refused: 0, failed: 0, unreachable: 0, starting: 0 };
      report = {
        id: 'event_of_test',
        state: 'applied',
        final: false,
        seq: 7,
        acceptedAt: '2026-01-01T11:00:00.000Z',
        targets: [{ path: '/a/' }],
        discovery: [],
        pods: lines.flatMap((line, index) => {
          const { name, ip } = pods[index] ?? {};
          if (name === undefined || ip === undefined) return [];
          return [{ name, ip, instance: `life-of-${name}`, state: 'applied', ms: 5, attempts: 1, ...line }];
        }),
        counts: { pods: pods.length, ...states, gone: 0, settled: 0 },
      };
    },
    refuseConnections: (name: string) => close(servers.get(name)),
    stop: () => Promise.all([...servers.values(), balancer.server].map(close)),
  };
}

async function listen(servedBy: string, shows: () => Shown | undefined, requests: string[]) {
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const what = shows();
    response.writeHead(what?.status ?? 200, { 'content-type': 'text/html', 'x-served-by': servedBy });
    response.end(what ? blogPage(what) : '');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}` };
}

async function close(server: Server | undefined): Promise<void> {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
}
