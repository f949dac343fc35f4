/** The headers by which CDNs are told an answer's tags, and what stands between two of them there. */
export const cdnHeaders = {
  /** Cloudflare. */
  'Cache-Tag': ',',
  /** Fastly. */
  'Surrogate-Key': ' ',
  /** Akamai. */
  'Edge-Cache-Tag': ',',
  'Netlify-Cache-Tag': ',',
} as const;
export type CdnHeader = keyof typeof cdnHeaders;

export function isCdnHeader(name: unknown): name is CdnHeader {
  return typeof name === 'string' && Object.hasOwn(cdnHeaders, name);
}
