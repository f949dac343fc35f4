import { isIP } from 'node:net';

/** A WordPress site whose outbox is looked into. */
export type Site = {
  /** As it was given, for the log. */
  url: string;
  protocol: 'http:' | 'https:';
  /** Without brackets. */
  hostname: string;
  port: number;
  /** Host header. */
  host: string;
  /** Name that the certificate has to be for; empty for an address. */
  serverName: string;
  /** Path of the site's home, with its last slash. */
  home: string;
};

export class InvalidSite extends Error {
  override name = 'InvalidSite';
}

/**
 * Parses `https://cms.example.com` or `https://example.com/blog`.
 * @throws {InvalidSite} with a sentence that says what is wrong
 */
export function parseSite(text: string): Site {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new InvalidSite(
      `"${text}" is not the address of a site. Write for instance https://cms.example.com`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InvalidSite(
      `"${url.origin}…" has more than an address and a path. Write the site's home, for instance https://cms.example.com/blog`,
    );
  }
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  return {
    url: text,
    protocol: url.protocol,
    hostname,
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    host: url.host,
    serverName: isIP(hostname) === 0 ? hostname : '',
    home: url.pathname.replace(/\/*$/, '/'),
  };
}
