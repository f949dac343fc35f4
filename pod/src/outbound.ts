import { isIP } from 'node:net';
import { call, type Outcome } from '@everypod/fan-out';

export type OutboundCall = {
  url: URL;
  /** An address that was found and checked before; left out, the URL's own host is looked up. */
  connectTo?: string;
  /** With an address of its own; left out, the URL's. */
  port?: number;
  method: 'GET' | 'POST' | 'HEAD';
  headers?: Record<string, string>;
  body?: string;
  /** Over connect, head and body together. */
  deadlineMs: number;
  answerBytes: number;
};

/** Every call that the pod makes goes out here. Follows no redirect and never throws. */
export function callOut({
  url,
  connectTo,
  port,
  headers = {},
  body,
  ...rest
}: OutboundCall): Promise<Outcome> {
  const secure = url.protocol === 'https:';
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  return call({
    ...rest,
    protocol: secure ? 'https:' : 'http:',
    connectTo: connectTo ?? hostname,
    port: port ?? Number(url.port || (secure ? 443 : 80)),
    host: url.host,
    serverName: isIP(hostname) === 0 ? hostname : '',
    path: url.pathname + url.search,
    headers: body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    ...(body !== undefined && { body }),
  });
}
