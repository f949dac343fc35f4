import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { newSecret } from '@everypod/contract';
import { afterEach } from 'vitest';
import { startDnsServer } from '../../../fan-out/tests/dns-server.ts';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import type { LogFields } from '../../src/log.ts';
import { toNodeHandlers } from '../../src/node/handlers.ts';
import { newPodState } from '../../src/state.ts';
import { createPodOf } from '../../src/wiring.ts';

export const headless = 'nextjs-headless.myapp.svc.cluster.local';
export const shared = 'the-write-ups-secret';
export const podSecret = newSecret();

const cleanUps: Array<() => unknown> = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});
export function afterThisTest(cleanUp: () => unknown) {
  cleanUps.push(cleanUp);
}

export type Answered = { status: number; body: Record<string, unknown> };
export type ServedPod = {
  ip: string;
  told: string[];
  log: string[];
  fields: LogFields[];
  settings: Record<string, string>;
  instance: string;
  /** Of the requests that it got, without a query. */
  got: string[];
  call(query: string, init?: RequestInit): Promise<Answered>;
};

/** Pods as real servers on loopback addresses, all on one port, and a DNS server; no bridge anywhere. */
export async function startCluster(environment: Record<string, string> = {}) {
  const dns = await startDnsServer();
  cleanUps.push(() => dns.close());
  const port = await freePort();

  const listen = async (ip: string, listener: RequestListener) => {
    const server = createServer(listener);
    await once(server.listen(port, ip), 'listening');
    const stop = async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
    cleanUps.push(stop);
    return stop;
  };
  return {
    dns,
    port,
    listen,
    list: (...ips: string[]) => dns.set(headless, ips),
    async addPod(ip: string, settings: Record<string, string> = {}): Promise<ServedPod> {
      const state = newPodState();
      const [told, log, got, fields]: [string[], string[], string[], LogFields[]] = [[], [], [], []];
      const all: Record<string, string> = {
        POD_IP: ip,
        POD_NAME: `pod-${ip}`,
        EVERYPOD_PODS: `http://${headless}:${port}/siteapi/revalidate`,
        EVERYPOD_POD_CIDRS: '127.0.0.0/8,::1/128',
        EVERYPOD_DNS: dns.address,
        EVERYPOD_POD_SECRET: podSecret,
        REVALIDATE_SECRET: shared,
        ...environment,
        ...settings,
      };
      const invalidator = {
        path: (path: string, scope?: string) =>
          void told.push(scope === undefined ? path : `${path} ${scope}`),
        tag: (tag: string) => void told.push(`#${tag}`),
      };
      const pod = createPodOf(
        { invalidator },
        {
          state: () => state,
          environment: all,
          log: (_, message, about) => {
            log.push(message);
            if (about !== undefined) fields.push(about);
          },
          nowMs: Date.now,
        },
      );
      const { revalidate } = toNodeHandlers(pod);
      await listen(ip, (request, response) => {
        got.push(`${request.method} ${request.url?.replace(/secret=[^&]*/, 'secret=…')}`);
        void revalidate(request, response);
      });
      return {
        ip,
        told,
        log,
        fields,
        got,
        settings: all,
        instance: state.instance,
        async call(query, init) {
          const host = ip.includes(':') ? `[${ip}]` : ip;
          const response = await fetch(`http://${host}:${port}/siteapi/revalidate${query}`, init);
          const text = await response.text();
          return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
        },
      };
    },
    /** A pod that has the write-up's own route and nothing else. */
    async addPlain(ip: string, secret = shared) {
      const slugs: string[] = [];
      await listen(ip, (request, response) => {
        const { searchParams } = new URL(request.url ?? '', 'http://pod');
        if (request.method !== 'GET') return void response.writeHead(405).end();
        if (searchParams.get('secret') !== secret) return void response.writeHead(401).end();
        slugs.push(`${searchParams.get('slug')} fanout=${searchParams.get('fanout')}`);
        response.end(JSON.stringify({ ok: true, pod: ip, fanout: searchParams.has('fanout') }));
      });
      return slugs;
    },
  };
}
