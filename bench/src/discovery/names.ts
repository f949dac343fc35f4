/** A name under which the bench's name server lists that many pods. */
export function nameWith(records: number): string {
  return `nextjs-${records}.bench.svc.cluster.local`;
}

/** How many pods a name lists; 0 for any other name. */
export function recordsOf(name: string): number {
  return Number(/^nextjs-(\d+)\.bench\.svc\.cluster\.local$/.exec(name)?.[1] ?? 0);
}
