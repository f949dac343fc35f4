import { isIP } from 'node:net';

/** Where pods are called: the parts of one URL whose host is a headless Service or a single pod's address. */
export type Service = {
  /** `plain`: its pods have the well-known GET route only, and take no push. */
  kind: 'everypod' | 'plain';
  /** As it was given. */
  url: string;
  protocol: 'http:' | 'https:';
  /** Without brackets and trailing dot. */
  hostname: string;
  port: number;
  /** Host header. */
  host: string;
  /** Path with query. */
  path: string;
  /** True when the host is an address and there is nothing to resolve. */
  fixed: boolean;
  /** True when DNS lists starting and stopping pods, too (the Service's publishNotReadyAddresses). */
  listsNotReady: boolean;
};

/** One pod of one service, at an address that was checked. */
export type PodAddress = {
  service: Service;
  ip: string;
  /** Equal for equal ways to call a pod. */
  key: string;
};

export class InvalidService extends Error {
  override name = 'InvalidService';
}

/** What the well-known call says. */
const plainParameters = ['secret', 'slug', 'path', 'tag', 'fanout'];

/**
 * Parses `http://nextjs-headless.myapp.svc.cluster.local:3000/siteapi/revalidate`, or the same after `plain+`.
 * @throws {InvalidService} with a sentence that says what is wrong
 */
export function parseService(text: string): Service {
  const kind = /^plain\+/i.test(text) ? 'plain' : 'everypod';
  const url = URL.parse(kind === 'plain' ? text.slice('plain+'.length) : text);
  // A query may hold what is nobody's business.
  const [shown] = text.split(/[?#]/);
  if (!url) throw new InvalidService(`"${shown}" is not a URL.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new InvalidService(
      `"${shown}" has to start with http:// or https://, or with plain+http:// or plain+https://.`,
    );
  }
  if (url.username || url.password) {
    throw new InvalidService('A pod URL carries no user and password; pushes are signed instead.');
  }
  if (url.hash) throw new InvalidService(`"${shown}" must not contain a # part.`);
  const own = kind === 'plain' ? plainParameters.filter((name) => url.searchParams.has(name)) : [];
  if (own.length > 0) {
    throw new InvalidService(
      `"${shown}" must not contain ${own.join(', ')}: the bridge adds what it calls with, and the secret stands in EVERYPOD_PLAIN_SECRET.`,
    );
  }
  const hostname = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return {
    kind,
    url: text,
    protocol: url.protocol,
    hostname,
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    host: url.host.replace(/\.(?=:|$)/, ''),
    path: `${url.pathname}${url.search}`,
    fixed: isIP(hostname) !== 0,
    listsNotReady: false,
  };
}

export function podAddress(service: Service, ip: string): PodAddress {
  const plain = service.kind === 'plain' ? 'plain+' : '';
  return { service, ip, key: `${plain}${service.protocol}//${ip} ${service.port}${service.path}` };
}
