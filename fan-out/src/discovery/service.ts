import { isIP } from 'node:net';

/** Where pods are called: the parts of one URL whose host is a headless Service or a single pod's address. */
export type Service = {
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

/**
 * Parses `http://nextjs-headless.myapp.svc.cluster.local:3000/siteapi/revalidate`.
 * @throws {InvalidService} with a sentence that says what is wrong
 */
export function parseService(text: string): Service {
  const url = URL.parse(text);
  if (!url) throw new InvalidService(`"${text}" is not a URL.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new InvalidService(`"${text}" has to start with http:// or https://.`);
  }
  if (url.username || url.password) {
    throw new InvalidService('A pod URL carries no user and password; pushes are signed instead.');
  }
  if (url.hash) throw new InvalidService(`"${text}" must not contain a # part.`);
  const hostname = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return {
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
  return { service, ip, key: `${service.protocol}//${ip} ${service.port}${service.path}` };
}
