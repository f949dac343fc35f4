/** What visitors call this site. */
export type Host = { protocol: 'http' | 'https'; name: string };

type Headers = Record<string, unknown>;

/** Numbers alone are an address, by which kubelet and proxies ask. */
const named = /^(?=[^:]*[a-z])[a-z0-9.-]{1,253}(?::\d{1,5})?$/i;

/**
 * The host that a visitor has asked for, through a proxy or without; null for an address. Anyone can make one up, so one that is
 * set is preferred to it.
 */
export function hostAskedFor(headers: Headers): Host | null {
  const name = first(headers['x-forwarded-host']) ?? first(headers.host);
  if (name === undefined || !named.test(name)) return null;
  return { protocol: first(headers['x-forwarded-proto']) === 'https' ? 'https' : 'http', name };
}

function first(value: unknown): string | undefined {
  return typeof value === 'string' ? value.split(',')[0]?.trim() : undefined;
}
