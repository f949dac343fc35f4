/** The route that is written by hand: compares the secret in the URL, invalidates one path, answers. */
export function plainAnswer(query: URLSearchParams, secret: string): Response {
  if (query.get('secret') !== secret) return Response.json({ message: 'Invalid token' }, { status: 401 });
  return Response.json({ revalidated: true, now: Date.now() });
}

export function plainQuery(secret: string): string {
  return `?secret=${encodeURIComponent(secret)}&slug=low-water-at-noon&fanout=1`;
}
